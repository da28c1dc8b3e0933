import type { JsonObject } from '../../../provider-simulator/chat-request.ts';
import type { Call, Look } from '../case.ts';
import { type Finding, listIn, objectOf, type Rule, wordOf } from '../rule.ts';

const URL_OR_PLACE = /https?:\/\/[\w.:-]+(?:\/[\w./-]*)?|\b127\.0\.0\.1:\d{2,5}\b/g;
const SOON_DAYS = 7;

/** What answers on the network: addresses of the question, of what the sources say about themselves, and of runbooks. */
export const probes: Rule = (seen) => {
  const told = [
    seen.question,
    ...seen.sources.map(({ about }) => about),
    ...seen.looksBy('runbook_search').flatMap(({ data }) => listIn(data, 'sections').map(({ text }) => wordOf(text))),
  ];
  const targets = new Set(
    told.flatMap((text) => text.match(URL_OR_PLACE) ?? []).map((target) => target.replace(/[.:]$/, '')),
  );
  const calls: Call[] = [...targets].map((target) => ({ name: 'net_probe', input: { target } }));
  return { calls, findings: seen.looksBy('net_probe').flatMap(findingsIn) };
};

function findingsIn(look: Look): Finding[] {
  const target = wordOf(look.input['target']);
  const steps = listIn(look.data, 'steps');
  const failed = steps.find(({ state }) => state === 'failed');
  const tls = steps.find(({ step }) => step === 'tls');
  const certificate = objectOf(tls?.['certificate']);
  if (wordOf(tls?.['reason']) === 'expired' || Number(certificate['days_left']) < 0)
    return [expired(look, target, certificate)];
  const soon = Number(certificate['days_left']) < SOON_DAYS ? [ending(look, target, certificate)] : [];
  if (failed) return [...soon, unreachable(look, target, failed)];
  const status = Number(steps.find(({ step }) => step === 'http')?.['status'] ?? 0);
  return status >= 500 ? [...soon, answered(look, target, status)] : soon;
}

function expired({ step }: Look, target: string, certificate: JsonObject): Finding {
  const [subject, until] = [wordOf(certificate['subject']), wordOf(certificate['valid_to'])];
  return {
    weight: 90,
    zh: `${target} 的证书（\`${subject}\`）已于 ${until} 过期`,
    en: `the certificate of ${target} (\`${subject}\`) has expired at ${until}`,
    steps: [step],
  };
}

function ending({ step }: Look, target: string, certificate: JsonObject): Finding {
  const days = wordOf(certificate['days_left']);
  return {
    weight: 15,
    zh: `${target} 的证书还剩 ${days} 天`,
    en: `the certificate of ${target} ends in ${days} days`,
    steps: [step],
  };
}

function unreachable({ step }: Look, target: string, failed: JsonObject): Finding {
  const [stage, reason] = [wordOf(failed['step']), wordOf(failed['message'])];
  return {
    weight: 60,
    zh: `${target} 在 ${stage} 阶段无法连接：${reason}`,
    en: `${target} cannot be reached (${stage}): ${reason}`,
    steps: [step],
  };
}

/** A bad answer is a symptom: something behind it is the cause. */
function answered({ step }: Look, target: string, status: number): Finding {
  return { weight: 30, zh: `${target} 返回 ${status}`, en: `${target} answers ${status}`, steps: [step] };
}
