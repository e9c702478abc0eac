import { estimateOf } from '../../lib/cost/estimate';
import { priceListOf } from '../../lib/cost/price-list';
import { advise as adviseApp } from '../advise/advise';
import type { AdviceOf } from '../advise/advice';
import { formatAdvice } from '../advise/format';
import { figureQueries, figuresOf } from '../advise/read-figures';
import { readMemory } from '../advise/read-memory';
import { AlarmFigures, daysBetween } from '../advise/whole-app';
import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { readCost } from '../cost/read-cost';
import { later } from '../cost/real-cost';
import type { Io } from '../io';
import { isName, keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { MetricReader } from '../metrics/metric-reader';
import { OpenApp, openApps } from '../open-app';
import { parseDuration } from '../text/duration';

/** How long CloudWatch keeps the history of alarms. */
const ALARM_HISTORY_DAYS = 30;
const DAY_MS = 86_400_000;

/** `advise [app]`. */
export async function advise(
  { args: [app], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const now = io.now();
  const from = new Date(now.getTime() - parseDuration('--since', String(options.since)));
  const found = await io.during('querying CloudWatch', async (tell) => {
    const opened = await openApps(options, app, connect);
    const all: (AdviceOf & { readonly app: string })[] = [];
    for (const one of opened) {
      tell(`querying CloudWatch for ${one.app.model.app.path}`);
      all.push({ app: one.app.model.app.path, ...(await adviceFor(one, from, now)) });
    }
    return all;
  });
  io.out(
    options.json === true
      ? `${JSON.stringify(found, undefined, 2)}\n`
      : found.map(({ app: path, ...advice }) => formatAdvice(path, advice, io.colors)).join('\n'),
  );
  return 0;
}

async function adviceFor(open: OpenApp, from: Date, now: Date): Promise<AdviceOf> {
  const { app, cloud } = open;
  const { model, region, stack } = app;
  const { cost, data, span } = await readCost(open, from, now);
  const reader = await cloud.metrics();
  const more = await reader.read(figureQueries(model), span.from, span.to);
  const memory = await readMemory(model, await cloud.logs(), span);
  const all = new Map([...data, ...more]);
  const prices = priceListOf(region);
  const logGroup = model.logGroup?.id ?? '';
  return adviseApp(
    {
      model,
      estimate: estimateOf({ ...model, app: { ...model.app, region } }),
      functions: model.functions.map((fn) => figuresOf(fn, all, span, memory)),
      alarms: await readAlarms(open, reader, later(span.from, stack.createdAt ?? from), now),
      days: daysBetween(span.from, span.to),
      logBytes: total(pointsOf(all, keyOf('logBytes', logGroup), span.from, span.to)),
      dollars: cost.dollars,
      now,
    },
    prices,
  );
}

async function readAlarms(
  { app }: OpenApp,
  reader: MetricReader,
  existsSince: Date,
  now: Date,
): Promise<AlarmFigures[]> {
  const alarms = app.model.monitoring.alarms.filter(({ name }) => isName(name));
  const states = await reader.alarms(alarms.map(({ name }) => name));
  const since = later(existsSince, new Date(now.getTime() - ALARM_HISTORY_DAYS * DAY_MS));
  return Promise.all(
    alarms.flatMap((alarm) => {
      const state = states.find(({ name }) => name === alarm.name);
      return state === undefined
        ? []
        : [
            reader.raised(alarm.name, since).then((raised) => ({
              alarm,
              state,
              raised,
              days: daysBetween(since, now),
            })),
          ];
    }),
  );
}
