import type { Response } from 'express';

/** Writes a JSON answer straight to the response: Express would hash every answer for an ETag that no client asks for. */
export function sendJson(response: Response, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
