import { jest } from '@jest/globals';
import { type Incident, type Scenario, scenariosOf } from '../../../incident.ts';
import { INCIDENTS } from '../../../incidents/all.ts';
import { NGINX_502 } from '../../../incidents/nginx-502.ts';
import { type Outcome, runScenarios } from '../../../runner.ts';
import { foldersLeft } from '../../../stage/folders.ts';
import { processesLeft } from '../../../stage/own-process.ts';

jest.setTimeout(120_000);

const CHOSEN = ['nginx-502/red-herring', 'expired-certificate/injected', 'dns-failure/healthy'];

/** Nothing of it is registered, as if no tool worked. */
const UNSEEN: Incident = {
  ...NGINX_502,
  id: 'unseen',
  stage: async (variant, workspace) => {
    const truth = await NGINX_502.stage(variant, workspace);
    workspace.sources.length = 0;
    return truth;
  },
};

describe('the evaluation from end to end', () => {
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    const chosen = scenariosOf(INCIDENTS).filter(({ id }) => CHOSEN.includes(id));
    const unseen: Scenario = { id: 'unseen/fault', incident: UNSEEN, variant: 'fault' };
    // The product from its sources: the tests do not need a build.
    const entry = ['--import', '@swc-node/register/esm-register', 'apps/api/src/main.ts'];
    const run = await runScenarios({
      ...{ scenarios: [...chosen, unseen], entry, environment: { SWC_NODE_PROJECT: 'tsconfig.base.json' } },
      signal: new AbortController().signal,
    });
    outcomes = new Map(run.map((outcome) => [outcome.id, outcome]));
  });

  it.each(CHOSEN)('passes %s', (id) => {
    expect(outcomes.get(id)).toMatchObject({ id, result: 'passed', why: [] });
  });

  it('fails what the agent cannot see', () => {
    expect(outcomes.get('unseen/fault')).toMatchObject({ result: 'failed' });
    expect(outcomes.get('unseen/fault')?.why.join()).toContain('DATABASE_URL');
  });

  it('says nothing to the model that a strict one refuses', () => {
    expect([...outcomes.keys()]).not.toContain('model-wire');
  });

  it('leaves nothing behind', () => {
    expect(processesLeft().running).toEqual([]);
    expect(processesLeft().count).toBeGreaterThan(3);
    expect(foldersLeft().there).toEqual([]);
  });
});
