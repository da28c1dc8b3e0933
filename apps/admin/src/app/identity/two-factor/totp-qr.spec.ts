import { TestBed } from '@angular/core/testing';
import decodeQR from 'qr/decode.js';
import { TotpQr } from './totp-qr.js';

const TEXT = 'otpauth://totp/OpsAgent%3Aroot%40example.org?issuer=OpsAgent&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const SCALE = 4;

/** What a camera would see of the drawing. */
function photograph(svg: SVGElement): { width: number; height: number; data: Uint8Array } {
  const side = Number(svg.getAttribute('viewBox')?.split(' ')[2]) * SCALE;
  const dark = new Set(
    svg
      .querySelector('path')
      ?.getAttribute('d')
      ?.match(/\d+ \d+(?=h)/g),
  );
  const data = new Uint8Array(side * side * 4).map((_, at) => {
    const [x, y] = [Math.floor(at / 4) % side, Math.floor(at / 4 / side)];
    const isDark = dark.has(`${Math.floor(x / SCALE)} ${Math.floor(y / SCALE)}`);
    return at % 4 < 3 && isDark ? 0 : 255;
  });
  return { width: side, height: side, data };
}

it('draws a QR code that says the text', () => {
  const fixture = TestBed.createComponent(TotpQr);
  fixture.componentRef.setInput('text', TEXT);
  fixture.componentRef.setInput('label', 'QR');
  TestBed.tick();
  const svg = (fixture.nativeElement as HTMLElement).querySelector('svg');
  expect(svg && decodeQR(photograph(svg))).toBe(TEXT);
});
