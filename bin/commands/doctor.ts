import { COST_TAG } from '../../lib/cost/cost-tag';
import type { AppModel } from '../../lib/model/app-model';
import { resolvedText } from '../../lib/model/resolved';
import { AppPlace, readPlaces } from '../assembly';
import { Cloud, connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { findDeployed, placeOptions } from '../deployed-app';
import {
  checkAccount,
  checkBootstrap,
  checkConcurrency,
  checkCostTag,
  couldNot,
} from '../doctor/account-checks';
import type { AccountReader } from '../doctor/account-reader';
import type { Finding } from '../doctor/check';
import { checkLogRole, makesLogRole, needsLogRole } from '../doctor/log-role';
import { checkRouteSettings } from '../doctor/route-settings';
import { cliVersion, countFiles, installedVersion } from '../doctor/installed';
import { checkCli, checkEsbuild, checkNode, checkValidation } from '../doctor/machine-checks';
import type { Colors, Io } from '../io';
import { awsOptions } from '../open-app';
import { table } from '../text/table';
import { UserError } from '../user-error';

/** `doctor`. Exits with 1 if a check failed. */
export async function doctor(
  { options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const places = assemblyPlaces(String(options.assembly));
  const first = Array.isArray(places) ? places[0] : undefined;
  const bundles =
    first === undefined ||
    first.model.functions.some(
      ({ entry, runtime }) => entry !== undefined && runtime.startsWith('nodejs'),
    );
  const machine: Finding[] = [
    checkCli(cliVersion('.')),
    checkNode(process.version),
    checkEsbuild(installedVersion('.', 'esbuild'), bundles),
    checkValidation(installedVersion('.', 'aws-cdk-lib'), countFiles(String(options.assembly))),
  ];
  const ofApps: Finding[] = [];
  for (const place of Array.isArray(places) ? places : []) {
    const { path } = place.model.app;
    const cloud = connect(placeOptions(awsOptions(options), place.model));
    const found = await io.during(`checking the account of ${path}`, () =>
      accountFindings(place, cloud),
    );
    ofApps.push(...found.map((finding) => ({ ...finding, apps: [path] })));
  }
  const findings = [...machine, ...(Array.isArray(places) ? merged(ofApps) : [places])];
  io.out(
    options.json === true
      ? `${JSON.stringify(findings, undefined, 2)}\n`
      : formatFindings(findings, io.colors, Array.isArray(places) ? places.length : 0),
  );
  return findings.some(({ status }) => status === 'failed') ? 1 : 0;
}

function assemblyPlaces(folder: string): AppPlace[] | Finding {
  try {
    return readPlaces(folder);
  } catch (error) {
    if (error instanceof UserError) {
      return { id: 'assembly', status: 'failed', text: error.message, fix: error.remedy };
    }
    throw error;
  }
}

async function accountFindings(place: AppPlace, cloud: Cloud): Promise<Finding[]> {
  const { model } = place;
  const account = await cloud.account();
  const region = await account.region().catch((error: unknown) => couldNot('region', error));
  if (typeof region !== 'string') {
    return [region];
  }
  const credentials = await account
    .identity()
    .catch((error: unknown) => couldNot('credentials', error));
  if ('id' in credentials) {
    return [{ id: 'region', status: 'ok', text: `region ${region}` }, credentials];
  }
  const environment = `aws://${credentials.account}/${region}`;
  return [
    { id: 'region', status: 'ok', text: `region ${region}` },
    { id: 'credentials', status: 'ok', text: credentials.arn },
    checkAccount(model, credentials.account),
    await tried('bootstrap', async () => {
      const { bootstrapVersion: needed, bootstrapParameter: parameter } = place;
      return checkBootstrap(needed, await account.parameter(parameter), environment);
    }),
    await tried('concurrency', async () =>
      checkConcurrency(model, await account.concurrencyLimit()),
    ),
    await tried('cost-tag', () => costTag(model, account)),
    ...(needsLogRole(model)
      ? [
          await tried('log-role', async () =>
            checkLogRole(makesLogRole(model), await account.logRole()),
          ),
        ]
      : []),
    ...(model.http?.made === true && model.http.type !== 'rest'
      ? [await tried('route-settings', () => routeSettings(model, account, cloud))]
      : []),
  ];
}

async function routeSettings(
  model: AppModel,
  account: AccountReader,
  cloud: Cloud,
): Promise<Finding> {
  const apiId = await deployedApi(model, cloud);
  const found = apiId === undefined ? undefined : await account.routesWithSettings(apiId);
  return checkRouteSettings(model, apiId ?? '', found);
}

/** The physical id of the app's API; undefined if the stack is not deployed, or its API is new. */
async function deployedApi(model: AppModel, cloud: Cloud): Promise<string | undefined> {
  try {
    const deployed = await findDeployed(model, await cloud.stacks());
    return resolvedText(deployed.model.http?.name);
  } catch (error) {
    if (error instanceof UserError) {
      return undefined;
    }
    throw error;
  }
}

async function costTag(model: AppModel, account: AccountReader): Promise<Finding> {
  return model.monitoring.budgetDollars === undefined
    ? checkCostTag(undefined, undefined)
    : checkCostTag(COST_TAG, await account.costTagActive(COST_TAG));
}

async function tried(id: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return couldNot(id, error);
  }
}

/** Merges a finding that several apps share into one line, at the position of the first. */
function merged(findings: readonly Finding[]): Finding[] {
  const found: Finding[] = [];
  for (const finding of findings) {
    const at = found.findIndex(({ id, text }) => id === finding.id && text === finding.text);
    const same = found[at];
    if (same === undefined) {
      found.push(finding);
    } else {
      found[at] = { ...same, apps: [...(same.apps ?? []), ...(finding.apps ?? [])] };
    }
  }
  return found;
}

/** @param apps the number of apps; a finding that concerns all of them does not name them */
export function formatFindings(findings: readonly Finding[], colors: Colors, apps: number): string {
  const marks = {
    ok: colors.green('✓'),
    warning: colors.yellow('!'),
    failed: colors.red('✗'),
    skipped: colors.dim('-'),
  };
  return table(
    findings.flatMap(({ status, text, fix, apps: about = [] }) => [
      [marks[status], about.length === apps ? text : `${nameOf(about)}${text}`],
      ...(fix === undefined ? [] : [['', `→ ${fix}`]]),
    ]),
  );
}

function nameOf(apps: readonly string[]): string {
  return apps.length === 0 ? '' : `${apps.join(', ')}: `;
}
