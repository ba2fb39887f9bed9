// How often something may happen: a bucket that fills with time, so that a short burst passes.

export class Pace {
  constructor(burst, perSecond) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.filledAt = performance.now();
  }

  /** Whether it may happen now. */
  take() {
    const now = performance.now();
    this.tokens = Math.min(
      this.burst,
      this.tokens + ((now - this.filledAt) / 1000) * this.perSecond
    );
    this.filledAt = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens--;
    return true;
  }
}
