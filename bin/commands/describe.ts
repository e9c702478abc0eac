import { describeTrigger, isOpen } from '../../lib/kinds/trigger-kinds';
import { AppModel, FunctionModel, TriggerModel, WorkflowModel } from '../../lib/model/app-model';
import { lastPart } from '../../lib/model/format-value';
import {
  describeAccess,
  describeColdStart,
  describeDurable,
  describeForward,
  describeRollout,
} from '../../lib/report/describe-function';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import type { Invocation } from '../command-spec';
import { projectEsbuild } from '../dev/project-esbuild';
import type { Io } from '../io';
import { AppPortability, formatPortability, portabilityOf } from '../portability/portability';
import { sourceFacts } from '../portability/source-facts';

/** Prints the apps of the cloud assembly. */
export async function describe({ args: [app], options }: Invocation, io: Io): Promise<number> {
  const models = select(readModels(String(options.assembly)), app);
  if (options.portability === true) {
    const found = await Promise.all(models.map((model) => readPortability(model)));
    io.out(
      options.json === true
        ? `${JSON.stringify(found, undefined, 2)}\n`
        : found.map(formatPortability).join('\n'),
    );
    return 0;
  }
  io.out(
    options.json === true
      ? `${JSON.stringify(models, undefined, 2)}\n`
      : models.map(formatApp).join('\n'),
  );
  return 0;
}

/** Reads the sources in the folder of cdk.json, with the project’s esbuild. */
async function readPortability(model: AppModel): Promise<AppPortability> {
  const project = process.cwd();
  const builder = projectEsbuild(project);
  const facts = await Promise.all(
    model.functions.map(async (fn) => [fn.path, await sourceFacts(fn, project, builder)] as const),
  );
  return portabilityOf(model, new Map(facts));
}

/** One app as lines of text. */
export function formatApp(model: AppModel): string {
  const rows = [
    ...model.functions.flatMap((fn) => functionRows(fn, model)),
    ...(model.workflows ?? []).flatMap(workflowRows),
    ...forwardRows(model),
  ];
  const widths = [0, 1].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const failures = [
    model.failureQueue === undefined ? [] : [`failed events go to ${model.failureQueue.id}`],
    model.fifoFailureQueue === undefined
      ? []
      : [`failed messages of FIFO queues go to ${model.fifoFailureQueue.id}`],
    model.failureBucket === undefined
      ? []
      : [`failed records of streams go to ${model.failureBucket.id}`],
  ].flat();
  const sites = (model.sites ?? []).map(
    (site) =>
      `site ${site.id}: ${site.folder}${site.apiPath === undefined ? '' : `, the API at /${site.apiPath}`}`,
  );
  const { path, stage, shards } = model.app;
  return [
    `${path} (${stage}${shards === undefined ? '' : `, ${shards} shard${shards === 1 ? '' : 's'}`})`,
    ...[...lines, ...sites, ...failures].map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** One row for each trigger; the first also shows the function's access. */
function functionRows(fn: FunctionModel, { workflows = [] }: AppModel): string[][] {
  const tasks = workflows
    .filter((one) => one.tasks.includes(fn.id))
    .map(({ id }) => `step of ${id}`);
  const found = [...fn.triggers.map(describeEvent), ...tasks];
  const events = found.length === 0 ? ['nothing runs it'] : found;
  const access = fn.access.map(describeAccess).join(', ');
  const how = [describeDurable(fn), describeColdStart(fn.coldStart), describeRollout(fn.rollout)];
  const more = [access, ...how].filter((part) => part !== '').join('; ');
  return events.map((event, i) => (i === 0 ? [fn.id, event, more] : ['', event]));
}

/** The same for a workflow, with the functions that it runs. */
function workflowRows({ id, machine, tasks, triggers }: WorkflowModel): string[][] {
  const events = triggers.length === 0 ? ['nothing starts it'] : triggers.map(describeEvent);
  const what = [`starts ${lastPart(machine)}`, ...tasks.map((task) => `runs ${task}`)].join(', ');
  return events.map((event, i) => (i === 0 ? [id, event, what] : ['', event]));
}

/** One row for each route without a function. A workflow has its routes as events. */
function forwardRows({ http, workflows = [] }: AppModel): string[][] {
  const machines = new Set(workflows.map(({ machine }) => machine));
  return (http?.forwards ?? [])
    .filter(({ path }) => !machines.has(path))
    .map((forward) => [http?.id ?? '', forward.route, describeForward(forward)]);
}

function describeEvent(trigger: TriggerModel): string {
  return `${describeTrigger(trigger)}${isOpen(trigger) ? ' (open)' : ''}`;
}
