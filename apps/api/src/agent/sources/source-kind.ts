import type {
  ToolSourceFault,
  ToolSourceKind,
  ToolSourceSecret,
  ToolSourceSetting,
  ToolSourceSettingsDto,
} from '@opsagent/contracts';
import type { Place } from '../../platform/outbound/outbound.js';

/** A source with its secrets, ready to be spoken to. */
export interface OpenSource {
  readonly name: string;
  readonly kind: ToolSourceKind;
  readonly environment: string;
  readonly settings: ToolSourceSettingsDto;
  readonly secrets: Readonly<Partial<Record<ToolSourceSecret, string>>>;
}

/** A source did not do what was asked of it; the message is a sentence without secrets. */
export class SourceFailed extends Error {
  constructor(
    readonly fault: ToolSourceFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One kind of source: what it says about itself, and how it is tested. */
export interface SourceKind {
  readonly kind: ToolSourceKind;
  /** The settings it needs, and those it may have besides. */
  readonly required: readonly ToolSourceSetting[];
  readonly optional: readonly ToolSourceSetting[];
  readonly secrets: readonly ToolSourceSecret[];

  /** What is wrong with the settings besides missing ones; undefined when nothing is. */
  problemWith?(settings: ToolSourceSettingsDto): { setting: ToolSourceSetting; message: string } | undefined;

  /** Where it listens; undefined for what is no network service. */
  placeOf(settings: ToolSourceSettingsDto): Place | undefined;

  /** Asks it for what it is. @returns what it says about itself, in a sentence @throws SourceFailed */
  test(source: OpenSource, signal: AbortSignal): Promise<string>;
}
