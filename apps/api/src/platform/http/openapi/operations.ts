import { STATUS_CODES } from 'node:http';
import type * as Swagger from '@nestjs/swagger';
import { type ClosedSet, type DtoClass, ProblemDto } from '@opsagent/contracts';
import { AccessRules } from '../../actor/access.js';
import { nameOf, type Route } from '../../actor/route-table.js';
import { type AnswerShape, descriptionOf, type DescribedOperation } from '../describe.js';
import { discriminatorOf, isDto } from './contract-schemas.js';

/** Personal tokens for `/api`, app keys for `/v1`. */
export const SCHEMES = { api: 'personal_token', dify: 'app_key' } as const;

const UUID_PARAMETER = /(^id$|_id$)/;

/** What is said of a handler stays with it, and saying it again would add to it: once is enough for every application in this process. */
const described = new WeakSet<object>();

/** Says everything about the operations that their code does not say: answers, errors, access. */
export class Operations {
  constructor(
    private readonly swagger: typeof Swagger,
    private readonly rules: AccessRules,
  ) {}

  describe(route: Route): void {
    if (described.has(route.handler)) return;
    described.add(route.handler);
    const operation = descriptionOf(route.handler);
    const prototype = route.controller.prototype as object;
    const descriptor = { value: route.handler } as PropertyDescriptor;
    const name = route.handler.name;
    const apply = (decorator: MethodDecorator): void => void decorator(prototype, name, descriptor);
    if (!operation) return apply(this.swagger.ApiExcludeEndpoint());
    for (const decorator of this.decoratorsOf(route, operation)) apply(decorator);
  }

  private decoratorsOf(route: Route, operation: DescribedOperation): MethodDecorator[] {
    const { summary, details, operationId, body, query, parameters = {} } = operation;
    const id = operationId ?? `${tagOf(route.path)}_${snake(route.handler.name)}`;
    return [
      this.swagger.ApiTags(tagOf(route.path)),
      this.swagger.ApiOperation({
        ...{ operationId: id, summary, security: this.securityOf(route) },
        ...this.wordsOf(route, details),
      }),
      ...this.scopesOf(route).map((scopes) => this.swagger.ApiExtension('x-token-scopes', scopes)),
      ...parametersIn(route.path).map((parameter) => this.parameter(parameter, parameters[parameter])),
      ...(body ? [this.swagger.ApiBody({ type: body })] : []),
      ...(query ? [this.swagger.ApiQuery({ type: query })] : []),
      ...Object.entries(operation.answers).flatMap(([status, shape]) => this.answer(Number(status), shape, operation)),
      this.swagger.ApiExtraModels(operation.problemShape ?? ProblemDto) as MethodDecorator,
      ...this.problemsOf(route, operation).map((status) => this.problem(status, operation.problemShape ?? ProblemDto)),
    ];
  }

  /** Said of public operations too: an empty list means that nothing is needed, a missing one that nobody thought of it. */
  private securityOf(route: Route): Record<string, string[]>[] {
    const access = this.rules.routes[nameOf(route)];
    if (access === 'public') return [];
    return [{ [access === 'app-key' ? SCHEMES.dify : SCHEMES.api]: [] }];
  }

  /** Of which a personal token needs one. */
  private scopesOf(route: Route): (readonly string[])[] {
    const access = this.rules.routes[nameOf(route)] ?? 'nobody';
    return access === 'public' || access === 'app-key' ? [] : [this.rules.scopesFor(access)];
  }

  private wordsOf(route: Route, details?: string): { description?: string } {
    const scopes = this.scopesOf(route).map((names) => `Scope of the token: ${names.map(code).join(' or ')}.`);
    const sentences = [...(details ? [details] : []), ...scopes];
    return sentences.length > 0 ? { description: sentences.join('\n\n') } : {};
  }

  private parameter(name: string, words?: ClosedSet<string>): MethodDecorator {
    const format = UUID_PARAMETER.test(name) ? { format: 'uuid' } : {};
    const of = words ? { enum: [...words.values] } : format;
    return this.swagger.ApiParam({ name, schema: { type: 'string', ...of } });
  }

  private answer(status: number, shape: AnswerShape, { headers }: DescribedOperation): MethodDecorator[] {
    const description = STATUS_CODES[status] ?? 'Answer';
    const listed = headers
      ? {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, { type, description: text }]) => [
              name,
              { description: text, schema: { type } },
            ]),
          ),
        }
      : {};
    const models = classesIn(shape);
    const extra = models.length > 0 ? [this.swagger.ApiExtraModels(...models) as MethodDecorator] : [];
    const content = shape === null ? {} : { content: this.contentOf(shape) };
    return [...extra, this.swagger.ApiResponse({ status, description, ...listed, ...content })];
  }

  private contentOf(shape: NonNullable<AnswerShape>): Record<string, { schema: object }> {
    if (typeof shape === 'object' && 'contents' in shape) {
      const parts = Object.entries(shape.contents).map(
        ([type, inner]) => [type, inner && { schema: this.schemaOf(inner) }] as const,
      );
      return Object.fromEntries(parts.filter((part): part is [string, { schema: object }] => part[1] !== null));
    }
    if (shape === 'text') return { 'text/plain': { schema: this.schemaOf(shape) } };
    const type = typeof shape === 'object' && 'stream' in shape ? 'text/event-stream' : 'application/json';
    return { [type]: { schema: this.schemaOf(shape) } };
  }

  private schemaOf(shape: NonNullable<AnswerShape>): object {
    if (shape === 'text') return { type: 'string' };
    if (isDto(shape)) return { $ref: this.swagger.getSchemaPath(shape) };
    if (isList(shape)) {
      const [item] = shape;
      return {
        type: 'array',
        items: isDto(item) ? { $ref: this.swagger.getSchemaPath(item) } : { type: 'string', enum: [...item.values] },
      };
    }
    if ('stream' in shape) return this.unionOf(shape.stream);
    throw new Error('A content cannot hold contents.');
  }

  /** Events of one stream; told apart by the word their class allows for the discriminating field. */
  private unionOf(classes: readonly DtoClass[]): object {
    const found = discriminatorOf(classes);
    const mapping = found?.mapping.map(([word, dto]) => [word, this.swagger.getSchemaPath(dto)] as const);
    return {
      oneOf: classes.map((dto) => ({ $ref: this.swagger.getSchemaPath(dto) })),
      ...(found && mapping
        ? { discriminator: { propertyName: found.name, mapping: Object.fromEntries(mapping) } }
        : {}),
    };
  }

  /** Every route may refuse what it is sent, and every guarded one whoever asks. */
  private problemsOf(route: Route, { problems = [], problemShape }: DescribedOperation): number[] {
    const access = this.rules.routes[nameOf(route)];
    const guarded = access === 'public' ? [] : problemShape ? [401, 403] : access === 'any-user' ? [401] : [401, 403];
    return [...new Set([400, ...guarded, ...problems])].sort();
  }

  private problem(status: number, shape: DtoClass): MethodDecorator {
    const type = shape === ProblemDto ? 'application/problem+json' : 'application/json';
    const content = { [type]: { schema: { $ref: this.swagger.getSchemaPath(shape) } } };
    return this.swagger.ApiResponse({ status, description: STATUS_CODES[status] ?? 'Error', content });
  }
}

function code(name: string): string {
  return `\`${name}\``;
}

function isList(shape: object): shape is readonly [DtoClass | ClosedSet<string>] {
  return Array.isArray(shape);
}

/** Every class an answer refers to. */
export function classesIn(shape: AnswerShape): DtoClass[] {
  if (shape === null || shape === 'text') return [];
  if (isDto(shape)) return [shape];
  if (isList(shape)) return isDto(shape[0]) ? [shape[0]] : [];
  if ('stream' in shape) return [...shape.stream];
  return Object.values(shape.contents).flatMap(classesIn);
}

function parametersIn(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
}

/** The feature a path belongs to: `/api/llm-configs/:id` → `llm_configs`, `/v1/messages` → `messages`, `/health/live` → `health`. */
function tagOf(path: string): string {
  const [first = '', second = ''] = path.split('/').filter((part) => part !== '');
  const tag = (first === 'api' || first === 'v1') && second ? second : first;
  return first === 'v1' ? 'dify' : tag.replaceAll('-', '_');
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
