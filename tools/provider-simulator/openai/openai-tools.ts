import { isObject, type JsonObject } from '../chat-request.ts';
import { emptyArray, invalid, missing, requireString, wrongType, wrongValue } from './openai-refusal.ts';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Checks the offered tools. @throws OpenAiRefusal */
export function checkTools(body: JsonObject): void {
  const { tools } = body;
  if (tools === undefined || tools === null) {
    for (const name of ['tool_choice', 'parallel_tool_calls']) {
      if (body[name] === undefined || body[name] === null) continue;
      throw invalid(`Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`, name);
    }
    return;
  }
  if (!Array.isArray(tools)) throw wrongType('tools', 'an array of objects', tools);
  if (tools.length === 0) throw emptyArray('tools');
  tools.forEach(checkTool);
}

function checkTool(tool: unknown, index: number): void {
  const path = `tools[${index}]`;
  if (!isObject(tool)) throw wrongType(path, 'an object', tool);
  if (tool['type'] === undefined) throw missing(`${path}.type`);
  if (tool['type'] !== 'function') throw wrongValue(`${path}.type`, tool['type'], ['function']);
  const described = tool['function'];
  if (described === undefined) throw missing(`${path}.function`);
  if (!isObject(described)) throw wrongType(`${path}.function`, 'an object', described);
  checkFunction(described, `${path}.function`);
}

function checkFunction(described: JsonObject, path: string): void {
  const { name, description, parameters } = described;
  requireString(name, `${path}.name`);
  if (!NAME.test(String(name))) {
    throw invalid(
      `Invalid '${path}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
      `${path}.name`,
      'invalid_value',
    );
  }
  if (description !== undefined && typeof description !== 'string')
    throw wrongType(`${path}.description`, 'a string', description);
  if (parameters === undefined) return;
  if (!isObject(parameters)) throw wrongType(`${path}.parameters`, 'an object', parameters);
  if (Object.keys(parameters).length > 0 && parameters['type'] !== 'object') {
    throw invalid(
      `Invalid schema for function '${String(name)}': schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(parameters['type'] ?? 'None')}'.`,
      `${path}.parameters`,
      'invalid_function_parameters',
    );
  }
}
