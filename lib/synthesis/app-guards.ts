import { Annotations, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AcknowledgementModel, GuardsModel } from '../model/app-model';
import { AppFinding, AppGuard, GuardSeverity } from '../guard/app-guard';
import { DECLARED_NOTICES } from '../guard/declared-notices';
import { DECLARED_WARNINGS } from '../guard/declared-warnings';
import { Finding, findingsOf, GuardText, ID_PREFIX } from '../guard/guard';
import { GUARDS } from '../guard/guards';
import { collectInput } from './input/collect-input';
import { similar } from '../props/nearest';
import { AppContext } from '../core/app-context';
import { acknowledgedAt, warn } from '../core/messages';
import { Notices } from '../core/notices';
import type { IAppFunction, IServerlessApp } from '../core/contract';

// Loaded on first use: synthesis needs the guards once, an import of the library never does.

const DOCUMENTATION =
  'https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/guards.md';
const SEVERITIES = { error: GuardSeverity.ERROR, warning: GuardSeverity.WARNING } as const;
/** The warnings of the last synthesis, for the model, which is written later. */
const told = new WeakMap<IServerlessApp, readonly Finding[]>();
const TEXTS: readonly GuardText[] = [...GUARDS, ...DECLARED_WARNINGS];

/**
 * Runs all guards: returns their errors, which end the synthesis, and adds their warnings, which can be acknowledged. It runs as
 * a validation, because only then everything exists that the CDK creates for an app: parameters, outputs, metadata.
 */
export function reportFindings(app: IServerlessApp): string[] {
  const findings = findAll(app);
  told.set(app, findings);
  for (const { id, severity, message, prop, function: of, detail } of findings) {
    const fn = functionOf(app, of);
    if (severity === 'warning' && fn !== undefined) {
      Notices.of(app).add({ fn, level: 'warning', id, message, prop, detail });
    } else if (severity === 'warning') {
      warn(app, id, message, prop);
    }
  }
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ id, message }) => `${message} (${id})`);
}

/** The guards that check the app. */
export function describeGuards(): AppGuard[] {
  return TEXTS.map(({ id, severities, what, why, fix, accept, source }) => ({
    id: `${ID_PREFIX}${id}`,
    severities: severities.map((severity) => SEVERITIES[severity]),
    summary: what,
    reason: why,
    remedy: fix,
    acceptance: accept,
    source,
    documentation: `${DOCUMENTATION}#${id}`,
  }));
}

/** The findings in what is declared so far. */
export function currentFindings(app: IServerlessApp): AppFinding[] {
  return findAll(app).map((finding) => ({
    ...publicForm(finding),
    acknowledged: reasonOf(app, finding),
  }));
}

/** The findings for the app's model: those reported, and those acknowledged. */
export function guardsModel(app: IServerlessApp): GuardsModel {
  const findings = told.get(app) ?? [];
  return {
    findings: findings.map((finding) => ({
      ...publicForm(finding),
      acknowledged: wasReported(app, finding) ? undefined : reasonOf(app, finding),
    })),
    acknowledged: acknowledgementsOf(app),
  };
}

function publicForm({ id, severity, prop, message }: Finding): AppFinding {
  return { id, severity: SEVERITIES[severity], prop, message };
}

/** An acknowledgement may cover only some occurrences, so the warning itself is looked up. */
function wasReported(app: IServerlessApp, { message }: Finding): boolean {
  return (
    Notices.of(app).wasShown(message) ||
    app.node.metadata.some(({ data }) => typeof data === 'string' && data.startsWith(message))
  );
}

/** Acknowledges the warnings of a guard in the whole app, or hides an info message. */
export function acknowledge(app: IServerlessApp, id: string, reason: string): void {
  const given: readonly unknown[] = [id, reason]; // JavaScript has no types.
  const name = shortId(String(given[0]));
  const text = TEXTS.find((it) => it.id === name);
  const isNotice = DECLARED_NOTICES.some((it) => it.id === name);
  const check = AppContext.of(app).check.at('acknowledge');
  if (text === undefined && !isNotice) {
    const names = [...TEXTS, ...DECLARED_NOTICES].map((it) => it.id);
    const near = similar(name, names);
    throw check.error(
      'id',
      'must be the id of a guard or a warning of this library',
      id,
      `${near === undefined ? 'docs/guards.md lists them.' : `did you mean \`${ID_PREFIX}${near}\`?`} For warnings of other libraries, use \`Validations.of(app).acknowledge({ id, reason })\``,
    );
  }
  if (text?.severities.includes('warning') === false) {
    const remedy = text.fix.charAt(0).toLowerCase() + text.fix.slice(1).replace(/\.$/, '');
    throw check.error('id', 'must be the id of a warning; an error cannot be accepted', id, remedy);
  }
  if (typeof given[1] !== 'string' || given[1].trim() === '') {
    throw check.error(
      'reason',
      'must give the reason for accepting the warning',
      reason,
      'write it for the next reader of the app',
    );
  }
  Validations.of(app).acknowledge({ id: `${ID_PREFIX}${name}`, reason });
  if (isNotice) {
    // The CDK removes warnings that are there already, and info messages only this way.
    Annotations.of(app).acknowledgeInfo(`${ID_PREFIX}${name}`, reason);
  }
}

/**
 * The id without what the CDK's command line adds: `[ack: cdk-serverless-app:open-route]`, or
 * `Annotation::cdk-serverless-app:open-route`.
 */
function shortId(id: string): string {
  const [, inTag = id] = /^\[ack: ([^\]]*)\]$/.exec(id.trim()) ?? [];
  return inTag.replace(/^Annotation::/i, '').replace(ID_PREFIX, '');
}

function findAll(app: IServerlessApp): Finding[] {
  const facts = collectInput(app);
  return GUARDS.flatMap((guard) => findingsOf(guard, facts));
}

/** The function of a warning, so that it can be acknowledged for that function. */
function functionOf(app: IServerlessApp, id: string | undefined): IAppFunction | undefined {
  return AppContext.of(app).functions.find(({ node }) => node.id === id);
}

function reasonOf(app: IServerlessApp, finding: Finding): string | undefined {
  const { id, severity, function: fn } = finding;
  if (severity === 'error') {
    return undefined;
  }
  const scopes = [...(functionOf(app, fn) ?? app).node.scopes].reverse();
  return scopes
    .flatMap((scope) => ownAcknowledgementsAt(scope))
    .find((acknowledged) => acknowledged.id === id)?.reason;
}

/** The acknowledgements of this library's warnings in the app, above it, and for one of its functions. */
function acknowledgementsOf(app: IServerlessApp): AcknowledgementModel[] {
  const places = [...app.node.scopes, ...AppContext.of(app).functions];
  const all = places.flatMap((place) => ownAcknowledgementsAt(place));
  return all.filter(
    ({ id, reason, path }, i) =>
      all.findIndex((it) => it.id === id && it.reason === reason && it.path === path) === i,
  );
}

function ownAcknowledgementsAt(scope: IConstruct): AcknowledgementModel[] {
  return Object.entries(acknowledgedAt(scope))
    .map(([id, reason]) => ({ id, reason, path: scope.node.path }))
    .filter(({ id }) => id.startsWith(ID_PREFIX));
}
