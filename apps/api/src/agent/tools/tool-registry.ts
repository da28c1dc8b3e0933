import { Injectable } from '@nestjs/common';
import type { ToolRisk } from '@opsagent/contracts';
import type { ToolSpec } from '../../llm-config/wire/model-wire.js';
import { type SourceFacts, ToolSources } from '../sources/tool-sources.js';
import type { AgentTool, ToolLabel } from './agent-tool.js';

/** What others may know of a tool. */
export interface ToolFacts {
  readonly name: string;
  readonly description: string;
  readonly label: ToolLabel;
  readonly risk: ToolRisk;
  /** A JSON Schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The tools there are, for those who only name or show them. */
export abstract class ToolCatalogue {
  /** Every tool, in the order of registration. */
  abstract list(): readonly ToolFacts[];
}

/** Tools that come and go while the server runs. */
export interface MoreTools {
  /** All of them are the same list until one changes. */
  list(): readonly AgentTool[];
}

/** Which tools a turn may use: names, every one that only reads, those and every one that probes, or every one there is. */
export type ToolChoice = readonly string[] | 'all-read' | 'read-and-probe' | 'all';

const RISKS: Readonly<Record<Extract<ToolChoice, string>, readonly ToolRisk[]>> = {
  'all-read': ['read'],
  'read-and-probe': ['read', 'probe'],
  all: ['read', 'probe', 'dangerous'],
};

/** Which tools a turn may use, ready to be offered and looked up. */
export interface OfferedTools {
  readonly specs: readonly ToolSpec[];
  /** The registered sources that they can ask. */
  readonly sources: readonly SourceFacts[];
  find(name: string): AgentTool | undefined;
}

/** Holds every tool once. */
@Injectable()
export class ToolRegistry extends ToolCatalogue {
  private readonly tools = new Map<string, AgentTool>();
  private offers = new Map<string, OfferedTools>();
  private offersAreOf: readonly unknown[] = [];
  private more: MoreTools = { list: () => [] };

  constructor(private readonly sources: ToolSources) {
    super();
  }

  /** @throws Error when the name is taken */
  register(tool: AgentTool): void {
    if (this.tools.has(tool.name)) throw new Error(`There are two tools named ${tool.name}.`);
    this.tools.set(tool.name, tool);
    this.offers = new Map();
  }

  /** Those that come and go are offered beside the others; the name of a registered one is not theirs. */
  extendBy(more: MoreTools): void {
    this.more = more;
  }

  override list(): readonly ToolFacts[] {
    return this.all().map((tool) => ({ ...tool, parameters: parametersOf(tool) }));
  }

  find(name: string): AgentTool | undefined {
    return this.tools.get(name) ?? this.more.list().find((tool) => tool.name === name);
  }

  /** The chosen tools; names that are not there are left out, and so are tools that would find no source to ask. */
  offered(choice: ToolChoice): OfferedTools {
    const sources = this.sources.list();
    const state = [sources, this.more.list()];
    if (state.some((part, index) => part !== this.offersAreOf[index])) {
      this.offers = new Map();
      this.offersAreOf = state;
    }
    const key = typeof choice === 'string' ? choice : `=${choice.join(' ')}`;
    let offer = this.offers.get(key);
    if (!offer) this.offers.set(key, (offer = offerOf(this.chosen(choice), sources)));
    return offer;
  }

  private chosen(choice: ToolChoice): AgentTool[] {
    const all = this.all();
    if (typeof choice === 'string') return all.filter(({ risk }) => RISKS[choice].includes(risk));
    return all.filter(({ name }) => choice.includes(name));
  }

  private all(): AgentTool[] {
    return [...this.tools.values(), ...this.more.list().filter(({ name }) => !this.tools.has(name))];
  }
}

function offerOf(chosen: readonly AgentTool[], all: readonly SourceFacts[]): OfferedTools {
  const tools = chosen.filter(
    ({ sourceKinds: kinds, worksWithoutSource }) =>
      !kinds || worksWithoutSource || all.some(({ kind }) => kinds.includes(kind)),
  );
  const sources = all.filter(({ kind }) => tools.some(({ sourceKinds = [] }) => sourceKinds.includes(kind)));
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const specs = tools.map((tool) => ({
    name: tool.name,
    description: tool.description,
    parameters: { ...parametersOf(tool) },
  }));
  return { specs, sources, find: (name) => byName.get(name) };
}

/** What the model is told of a tool's input. */
function parametersOf({ foreignParameters, parameters }: AgentTool): Readonly<Record<string, unknown>> {
  return foreignParameters ?? { ...parameters };
}
