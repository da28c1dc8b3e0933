/// <reference lib="dom" />

/** What a page notes about itself while it is measured. */
export interface Probe {
  /** When the largest thing in view was painted, in ms since the navigation. */
  largestPaint: number;
  layoutShift: number;
  /** Milliseconds from a key or a wheel's event to the end of the next frame. */
  keyToFrame: number[];
  longTasks: number;
  /** Milliseconds from each frame to the next. */
  frames: number[];
  isSampling: boolean;
  /** Forgets what was noted and begins to note frames. */
  start(): void;
  /** Resolves after the next frame has been painted. */
  painted(): Promise<void>;
  /** Does something and waits until it shows. @returns the milliseconds from the one to the other */
  until(act: () => void, shows: () => boolean): Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs in the page, before anything else does: it can use nothing from outside. */
export function installProbe(): void {
  const painted = (): Promise<void> =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done();
        channel.port2.postMessage(null);
      }),
    );
  const probe: Probe = {
    ...{ largestPaint: 0, layoutShift: 0, keyToFrame: [], longTasks: 0, frames: [], isSampling: false },
    painted,
    start() {
      Object.assign(probe, { keyToFrame: [], longTasks: 0, frames: [], isSampling: true });
      let last = performance.now();
      const note = (now: number): void => {
        if (!probe.isSampling) return;
        probe.frames.push(now - last);
        last = now;
        requestAnimationFrame(note);
      };
      requestAnimationFrame((now) => {
        last = now;
        requestAnimationFrame(note);
      });
    },
    async until(act, shows) {
      const from = performance.now();
      act();
      do await painted();
      while (!shows() && performance.now() - from < 15_000);
      return performance.now() - from;
    },
  };
  const observe = (type: string, note: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('largest-contentful-paint', (entry) => (probe.largestPaint = entry.startTime));
  observe('longtask', () => (probe.longTasks += 1));
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) probe.layoutShift += value;
  });
  addEventListener(
    'keydown',
    ({ timeStamp }) => void painted().then(() => probe.keyToFrame.push(performance.now() - timeStamp)),
    { capture: true, passive: true },
  );
  window.probe = probe;
}
