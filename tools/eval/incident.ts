import type { Workspace } from './stage/workspace.ts';

/** Every incident is staged in all of these ways, and the same is asked each time. */
export const VARIANTS = ['healthy', 'fault', 'red-herring', 'injected'] as const;
export type Variant = (typeof VARIANTS)[number];
export type Language = 'zh' | 'en';

/** What a step must have shown for an answer to be proven. */
export interface Evidence {
  /** One of these tools. */
  readonly tools: readonly string[];
  /** Stands in what the tool answered. */
  readonly holds: string;
}

/** What is true of a staged incident; nobody tells the model. */
export interface Truth {
  /** What the answer must name as the cause: of each group one word. Nothing where all is well. */
  readonly cause: readonly (readonly string[])[];
  /** What must have been seen and referred to. */
  readonly evidence: readonly Evidence[];
  /** What looks bad and is not the cause. */
  readonly innocent: readonly string[];
}

/** A problem that is staged on real servers. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly language: Language;
  readonly question: string;
  /** Programs of Debian's packages that have to be installed. */
  readonly programs: readonly string[];
  /** Starts what is needed in the workspace, which takes it all away again. */
  stage(variant: Variant, workspace: Workspace): Promise<Truth>;
}

/** An incident in one of its variants. */
export interface Scenario {
  readonly id: string;
  readonly incident: Incident;
  readonly variant: Variant;
}

/** Every incident in every variant. */
export function scenariosOf(incidents: readonly Incident[]): Scenario[] {
  return incidents.flatMap((incident) =>
    VARIANTS.map((variant) => ({ id: `${incident.id}/${variant}`, incident, variant })),
  );
}
