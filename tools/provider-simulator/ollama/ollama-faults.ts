import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from '../exchange.ts';
import { PROXY_PAGE } from '../proxy-page.ts';
import type { Fault } from '../scenarios/scenario.ts';

/** A request Ollama refuses; thrown by validation, sent by the routes. */
export class OllamaRefusal extends Error {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  sendTo(exchange: Exchange): void {
    exchange.sendJson(this.status, { error: this.message }, this.headers);
  }
}

/** The 404 for a model that is none of the scenarios. */
export function notPulled(model: string): OllamaRefusal {
  return new OllamaRefusal(404, `model "${model}" not found, try pulling it first`);
}

/** What the runner says when it dies, before or in the middle of an answer. */
export const RUNNER_DIED = 'llama runner process has terminated: exit status 2';

/** Answers with a scenario's fault. @throws OllamaRefusal */
export async function sendFault(exchange: Exchange, fault: Fault, model: string): Promise<void> {
  switch (fault) {
    case 'silent':
      return exchange.untilGone();
    case 'html':
      return exchange.send(502, 'text/html', PROXY_PAGE);
    case '200-error':
      return exchange.sendJson(200, { error: RUNNER_DIED });
    case '400':
      throw new OllamaRefusal(400, 'invalid options: frobnicate');
    case '403':
      throw new OllamaRefusal(403, 'this model requires a subscription, upgrade for access');
    case '401':
      throw new OllamaRefusal(401, 'unauthorized');
    case '404':
      throw notPulled(model);
    case '429':
      throw new OllamaRefusal(429, 'too many requests', { 'retry-after': '1' });
    case '429-long':
      throw new OllamaRefusal(429, 'too many requests', { 'retry-after': '120' });
    case '429-bare':
      throw new OllamaRefusal(429, 'too many requests');
    case '503':
      throw new OllamaRefusal(503, 'server busy, please try again.  maximum pending requests exceeded');
    default:
      throw new OllamaRefusal(500, RUNNER_DIED);
  }
}
