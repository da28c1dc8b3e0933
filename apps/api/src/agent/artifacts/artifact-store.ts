/** A result that is kept whole. */
export interface KeptArtifact {
  readonly id: string;
  readonly bytes: number;
  readonly lines: number;
}

/** To which step it belongs. */
export interface ArtifactOwner {
  readonly sessionId: string;
  readonly messageId: string;
  readonly stepId: string;
}

/** Some whole lines of an artifact; the first of them has this number, from 1. */
export interface ArtifactPart {
  readonly firstLine: number;
  readonly lines: number;
  readonly text: string;
}

/** Where big results are kept. */
export abstract class ArtifactStore {
  /** Takes the secrets out and keeps the rest. @throws ArtifactTooBig */
  abstract keep(text: string, mime: string, owner: ArtifactOwner): Promise<KeptArtifact>;

  /** One of this session; null when there is none. */
  abstract find(id: string, sessionId: string): Promise<(KeptArtifact & { readonly mime: string }) | null>;

  /** Its parts from the one that holds `line` on, in order. */
  abstract parts(id: string, line: number): AsyncIterable<ArtifactPart>;
}
