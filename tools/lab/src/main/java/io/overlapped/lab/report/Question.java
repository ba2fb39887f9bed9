package io.overlapped.lab.report;

import io.overlapped.lab.model.About.Text;

/**
 * A question to all models, and its answer as a plot.
 *
 * @param name for links
 * @param explanation two sentences
 * @param unit what the plot shows
 * @param plot SVG; empty if nothing was measured for it
 */
record Question(String name, Text title, Text explanation, Text unit, String plot) {}
