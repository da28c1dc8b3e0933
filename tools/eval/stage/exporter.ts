import type { Workspace } from './workspace.ts';

/** Serves figures in Prometheus's text format. @returns `host:port` */
export async function exporter(workspace: Workspace, figures: () => string): Promise<string> {
  const port = await workspace.serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(figures());
  });
  return `127.0.0.1:${port}`;
}
