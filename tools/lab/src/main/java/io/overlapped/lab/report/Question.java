package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;

/**
 * A question to all models, and its answer as a plot.
 *
 * @param name for links
 * @param explanation what is at stake, in a sentence that no figure can make wrong
 * @param finding what came out, in a sentence that is made from the figures
 * @param unit what the plot shows
 * @param plot markup; empty if nothing was measured for it
 */
record Question(String name, Text title, Text explanation, Text finding, Text unit, String plot) {}
