/** Longest time one paint should take, in milliseconds, of a frame's sixteen. */
const BUDGET_MS = 6;
const MOST_FRAMES = 4;

/**
 * Calls `paint` at most once per animation frame, however often it is asked to; every second to fourth frame when painting
 * takes too long. A hidden tab has no animation frames, so nothing is painted there.
 */
export class FramePainter {
  private frame: number | null = null;
  private framesToWait = 0;
  private framesPerPaint = 1;

  constructor(private readonly paint: () => void) {}

  /** Something changed. */
  request(): void {
    this.frame ??= requestAnimationFrame(this.onFrame);
  }

  /** How long the last paint took, all its parts together. */
  spent(ms: number): void {
    this.framesPerPaint = Math.min(MOST_FRAMES, Math.max(1, Math.ceil(ms / BUDGET_MS)));
  }

  /** Paints what is due now, without waiting for a frame. */
  flush(): void {
    this.cancel();
    this.paint();
  }

  cancel(): void {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    this.framesToWait = 0;
  }

  private readonly onFrame = (): void => {
    if (this.framesToWait > 0) {
      this.framesToWait -= 1;
      this.frame = requestAnimationFrame(this.onFrame);
      return;
    }
    this.frame = null;
    this.framesToWait = this.framesPerPaint - 1;
    this.paint();
  };
}
