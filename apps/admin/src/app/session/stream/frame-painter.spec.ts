import { FramePainter } from './frame-painter.js';

describe('FramePainter', () => {
  let frames: FrameRequestCallback[] = [];
  let painted = 0;
  const next = () => frames.splice(0).forEach((frame) => frame(0));
  const original = globalThis.requestAnimationFrame;

  beforeEach(() => {
    frames = [];
    painted = 0;
    globalThis.requestAnimationFrame = (frame) => frames.push(frame);
  });
  afterEach(() => (globalThis.requestAnimationFrame = original));

  it('paints once a frame, however often it is asked', () => {
    const painter = new FramePainter(() => (painted += 1));
    for (let asked = 0; asked < 100; asked += 1) painter.request();
    expect(painted).toBe(0);
    next();
    next();
    expect(painted).toBe(1);
  });

  it('leaves frames out while painting takes too long', () => {
    const painter = new FramePainter(() => (painted += 1));
    painter.spent(13);
    painter.request();
    next();
    painter.request();
    next();
    next();
    expect(painted).toBe(1);
    next();
    expect(painted).toBe(2);
  });

  it('paints nothing where there are no frames, and the rest on demand', () => {
    const painter = new FramePainter(() => (painted += 1));
    painter.request();
    expect(painted).toBe(0);
    painter.flush();
    expect(painted).toBe(1);
  });
});
