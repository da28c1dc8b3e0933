import { Expose, Type } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { IsPostgresUrl, IsTrustedProxies, ReadAs, readTrustedProxies } from './environment-rules.js';
import { HostPort, readHostPorts } from './host-port.js';
import {
  DEFAULT_ROLES,
  type DefaultRole,
  IsIssuer,
  IsOrigin,
  IsRoleRules,
  readRoleRules,
  type RoleRule,
} from './oidc-settings.js';

/** Longest time any of the model timers may be set to: a day. */
const LONGEST_MS = 86_400_000;
/** Two years, the longest that browsers' own lists ask for. */
const LONGEST_HSTS_S = 63_072_000;

const must = (be: string): ValidationOptions => ({ message: `$property must be ${be}` });
const milliseconds = must(`a whole number of milliseconds from 1 to ${LONGEST_MS}`);

const trimmed = (text: string): string => text.trim();

/** Where providers' own tools read their keys. */
export type ProviderKeyName = Extract<keyof Environment, `${string}_API_KEY`>;

/** Everything the server takes from its environment; read once at start by `readEnvironment`. */
export class Environment {
  /** Port of the API and the console; 0 takes any free one. */
  @Expose()
  @Type(() => Number)
  @IsInt(must('a whole number from 0 to 65535'))
  @Min(0, must('a whole number from 0 to 65535'))
  @Max(65_535, must('a whole number from 0 to 65535'))
  PORT: number = 8000;

  /** Address to listen on; `0.0.0.0` opens the server to the network. */
  @Expose()
  @Matches(/^[A-Za-z0-9.:_-]{1,255}$/, must('a host name or an IP address'))
  HOST: string = '127.0.0.1';

  /** A PostgreSQL server, 15 or newer; without it an embedded one is started. */
  @Expose()
  @IsOptional()
  @IsPostgresUrl(must('a postgres:// address'))
  DATABASE_URL?: string;

  /** Folder of the embedded database and of the master key; `.data` beside the program when unset. */
  @Expose()
  @IsOptional()
  @MaxLength(1000, must('a path of at most 1000 characters'))
  OPSAGENT_DATA_DIR?: string;

  /** 32 bytes in hex that seal provider keys; without it a key is made in the data folder. Change it by rotation only: `OPSAGENT_MASTER_KEY_PREVIOUS`. */
  @Expose()
  @IsOptional()
  @Matches(/^[0-9a-fA-F]{64}$/, must('64 hexadecimal digits'))
  OPSAGENT_MASTER_KEY?: string;

  /** The master key before; opens what it sealed until the rotation is over. */
  @Expose()
  @IsOptional()
  @Matches(/^[0-9a-fA-F]{64}$/, must('64 hexadecimal digits'))
  OPSAGENT_MASTER_KEY_PREVIOUS?: string;

  /** E-mail address of the administrator made at the first start; needs `OPSAGENT_ADMIN_PASSWORD`. */
  @Expose()
  @IsOptional()
  @IsEmail({ require_tld: false }, must('an e-mail address'))
  OPSAGENT_ADMIN_EMAIL?: string;

  /** Password of that administrator. */
  @Expose()
  @IsOptional()
  @Length(8, 200, must('8 to 200 characters long'))
  OPSAGENT_ADMIN_PASSWORD?: string;

  /** A personal token of that administrator, for `Authorization: Bearer` on `/api`. */
  @Expose()
  @IsOptional()
  @Matches(/^[\x21-\x7e]{32,200}$/, must('32 to 200 printable characters without spaces'))
  OPSAGENT_ADMIN_TOKEN?: string;

  /** A key of the first app, for `Authorization: Bearer` on `/v1`. */
  @Expose()
  @IsOptional()
  @Matches(/^app-[A-Za-z0-9]{24,200}$/, must('"app-" followed by 24 or more letters and digits'))
  OPSAGENT_APP_KEY?: string;

  /** Mode of the app made at the first start, as Dify clients see it. */
  @Expose()
  @IsIn(['agent-chat', 'chat'], must('agent-chat or chat'))
  OPSAGENT_APP_MODE: 'agent-chat' | 'chat' = 'agent-chat';

  /** `off` lets everyone in as administrator, for a trial; only when `HOST` is a loopback address. */
  @Expose()
  @IsIn(['on', 'off'], must('on or off'))
  OPSAGENT_AUTH: 'on' | 'off' = 'on';

  /** `off` leaves the OpenID Connect provider as the only way in; passwords stay stored. */
  @Expose()
  @IsIn(['on', 'off'], must('on or off'))
  OPSAGENT_PASSWORD_SIGN_IN: 'on' | 'off' = 'on';

  /** `on` lets the agent run commands on the machine of this server: reads at once, everything else when it is allowed. */
  @Expose()
  @IsIn(['on', 'off'], must('on or off'))
  OPSAGENT_LOCAL_COMMANDS: 'on' | 'off' = 'off';

  /** `host:port` pairs, separated by commas, of private addresses that outgoing requests may reach. */
  @Expose()
  @ReadAs(readHostPorts)
  @ValidateNested(must('a comma-separated list of host:port'))
  OPSAGENT_OUTBOUND_ALLOW: HostPort[] = [];

  /** Longest wait, in milliseconds, for a connection to a model. */
  @Expose()
  @Type(() => Number)
  @IsInt(milliseconds)
  @Min(1, milliseconds)
  @Max(LONGEST_MS, milliseconds)
  OPSAGENT_CONNECT_MS: number = 10_000;

  /** Longest wait, in milliseconds, for the first byte of a model's answer. */
  @Expose()
  @Type(() => Number)
  @IsInt(milliseconds)
  @Min(1, milliseconds)
  @Max(LONGEST_MS, milliseconds)
  OPSAGENT_FIRST_BYTE_MS: number = 120_000;

  /** Longest silence, in milliseconds, inside a model's answer. */
  @Expose()
  @Type(() => Number)
  @IsInt(milliseconds)
  @Min(1, milliseconds)
  @Max(LONGEST_MS, milliseconds)
  OPSAGENT_IDLE_MS: number = 60_000;

  /** Longest time, in milliseconds, for a model's whole answer. */
  @Expose()
  @Type(() => Number)
  @IsInt(milliseconds)
  @Min(1, milliseconds)
  @Max(LONGEST_MS, milliseconds)
  OPSAGENT_TOTAL_MS: number = 600_000;

  /** Proxies whose `X-Forwarded-*` headers are believed: how many, or their addresses, networks or `loopback`. */
  @Expose()
  @IsOptional()
  @ReadAs(readTrustedProxies)
  @IsTrustedProxies(must('a number of proxies or a comma-separated list of their addresses'))
  OPSAGENT_TRUST_PROXY?: number | string[];

  /** Where people open the console: `https://ops.example.org`. */
  @Expose()
  @IsOptional()
  @IsOrigin(must('an address without a path, such as https://ops.example.org'))
  OPSAGENT_PUBLIC_URL?: string;

  /** An OpenID Connect provider that people may sign in with. */
  @Expose()
  @IsOptional()
  @IsIssuer(must('an https:// address without a query (http:// on this machine only)'))
  OPSAGENT_OIDC_ISSUER?: string;

  /** Our name at that provider. */
  @Expose()
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, must('1 to 500 printable characters without spaces'))
  OPSAGENT_OIDC_CLIENT_ID?: string;

  /** Our secret there; without one we are a public client. */
  @Expose()
  @IsOptional()
  @MaxLength(500, must('at most 500 characters long'))
  OPSAGENT_OIDC_CLIENT_SECRET?: string;

  /** What the sign-in page calls the provider. */
  @Expose()
  @ReadAs(trimmed)
  @MaxLength(40, must('at most 40 characters long'))
  OPSAGENT_OIDC_NAME: string = 'SSO';

  /** What is asked for, separated by blanks. */
  @Expose()
  @Matches(
    /^(?=.*(^| )openid( |$))[\x21-\x7e]+( [\x21-\x7e]+)*$/,
    must('a list of scopes, separated by blanks, with openid'),
  )
  OPSAGENT_OIDC_SCOPES: string = 'openid email profile';

  /** The claim that names the groups or roles of a person; its dots lead into objects. */
  @Expose()
  @IsOptional()
  @MaxLength(200, must('at most 200 characters long'))
  OPSAGENT_OIDC_ROLE_CLAIM?: string;

  /** Which of its values give which role here: `ops-admins=admin,ops=operator`. */
  @Expose()
  @IsOptional()
  @ReadAs(readRoleRules)
  @IsRoleRules(must('a comma-separated list such as ops-admins=admin,ops=operator'))
  OPSAGENT_OIDC_ROLES?: RoleRule[];

  /** The role of somebody new whom no rule names; `none` lets in only those who were invited. */
  @Expose()
  @IsIn(DEFAULT_ROLES, must(`one of ${DEFAULT_ROLES.join(', ')}`))
  OPSAGENT_OIDC_DEFAULT_ROLE: DefaultRole = 'none';

  /** Seconds for which browsers are told to come over HTTPS only (`Strict-Transport-Security`); said over HTTPS only. */
  @Expose()
  @IsOptional()
  @Type(() => Number)
  @IsInt(must(`a whole number of seconds from 0 to ${LONGEST_HSTS_S}`))
  @Min(0, must(`a whole number of seconds from 0 to ${LONGEST_HSTS_S}`))
  @Max(LONGEST_HSTS_S, must(`a whole number of seconds from 0 to ${LONGEST_HSTS_S}`))
  OPSAGENT_HSTS?: number;

  /** Where files of end users go: `disk` is the data folder; unset it is `postgres` with `DATABASE_URL`, else `disk`. */
  @Expose()
  @IsOptional()
  @IsIn(['disk', 'postgres'], must('disk or postgres'))
  OPSAGENT_FILE_STORAGE?: 'disk' | 'postgres';

  /** `on` lets administrators register MCP servers that are programs on this machine; whoever may do that can run anything here. */
  @Expose()
  @IsIn(['on', 'off'], must('on or off'))
  OPSAGENT_MCP_STDIO: 'on' | 'off' = 'off';

  /** A JSON file with models, prices and abilities over the built-in ones; read again when it changes. */
  @Expose()
  @IsOptional()
  @MaxLength(1000, must('a path of at most 1000 characters'))
  OPSAGENT_MODEL_CATALOGUE?: string;

  /** Name of this installation, shown in the console: `production`, `test`. */
  @Expose()
  @IsOptional()
  @MaxLength(40, must('at most 40 characters long'))
  OPSAGENT_ENVIRONMENT?: string;

  // Other programs' settings too: one that cannot be a key is reported and keeps nothing from starting.

  /** A key of OpenAI; becomes a model configuration at the first start. */
  @Expose()
  @ReadAs(trimmed)
  OPENAI_API_KEY?: string;

  /** A key of DeepSeek, likewise. */
  @Expose()
  @ReadAs(trimmed)
  DEEPSEEK_API_KEY?: string;

  /** A key of Tongyi Qianwen, likewise. */
  @Expose()
  @ReadAs(trimmed)
  DASHSCOPE_API_KEY?: string;

  /** A key of Doubao, likewise. */
  @Expose()
  @ReadAs(trimmed)
  ARK_API_KEY?: string;

  /** A key of Zhipu, likewise. */
  @Expose()
  @ReadAs(trimmed)
  ZHIPUAI_API_KEY?: string;

  /** A key of Moonshot, likewise. */
  @Expose()
  @ReadAs(trimmed)
  MOONSHOT_API_KEY?: string;

  /** A key of Baidu, likewise. */
  @Expose()
  @ReadAs(trimmed)
  QIANFAN_API_KEY?: string;
}
