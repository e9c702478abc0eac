import * as fs from 'node:fs';
import * as path from 'node:path';
import { reportHtml } from '../../lib/report/report-html';
import type { ReportMetrics } from '../../lib/report/report-metrics';
import { figureQueries } from '../advise/read-figures';
import { AppPlace, countsFreeTier, readPlaces } from '../assembly';
import { select } from '../choose-app';
import { connect as awsConnect, Connect } from '../cloud';
import type { Invocation } from '../command-spec';
import { readCost } from '../cost/read-cost';
import { monthlyOf } from '../cost/real-cost';
import type { Io } from '../io';
import { keyOf } from '../metrics/app-metrics';
import { openApps, text } from '../open-app';
import { openInBrowser } from '../open-in-browser';
import { parseDuration } from '../text/duration';

/** `report [app]`. */
export async function report(
  { args: [app], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const since = parseDuration('--since', String(options.since));
  const from = new Date(io.now().getTime() - since);
  const places = readPlaces(String(options.assembly));
  const chosen = select(
    places.map(({ model }) => model),
    app,
  );
  const written: { readonly app: string; readonly file: string }[] = [];
  for (const place of places.filter(({ model }) => chosen.includes(model))) {
    const { model } = place;
    const real =
      options.metrics === true
        ? await io.during(`querying CloudWatch for ${model.app.path}`, () =>
            readReal(options, model.app.path, connect, from, io.now()),
          )
        : undefined;
    const file = fileOf(place, text(options.output));
    const page = reportHtml({
      model: { ...model, app: { ...model.app, ...real?.place } },
      metrics: real?.metrics,
      freeTier: countsFreeTier(place),
    });
    fs.writeFileSync(file, page);
    written.push({ app: model.app.path, file });
    if (options.open === true) {
      openInBrowser(file);
    }
  }
  io.out(
    options.json === true
      ? `${JSON.stringify(written, undefined, 2)}\n`
      : written.map(({ file }) => `${file}\n`).join(''),
  );
  return 0;
}

/** `<app>.report.html`, next to the model or in the given folder. */
function fileOf({ file }: AppPlace, output: string | undefined): string {
  const name = path.basename(file).replace(/\.serverless-app\.json$/, '.report.html');
  const folder = output ?? path.dirname(file);
  fs.mkdirSync(folder, { recursive: true });
  return path.join(folder, name);
}

/** Values that are known only for a deployed app. */
interface Real {
  /** The model may have these as expressions only, and the prices depend on them. */
  readonly place: { readonly region: string; readonly account: string };
  readonly metrics: ReportMetrics;
}

async function readReal(
  options: Invocation['options'],
  app: string,
  connect: Connect,
  from: Date,
  now: Date,
): Promise<Real | undefined> {
  const [open] = await openApps(options, app, connect);
  if (open === undefined) {
    return undefined;
  }
  const { cost, span } = await readCost(open, from, now);
  const reader = await open.cloud.metrics();
  const p99 = figureQueries(open.app.model).filter(({ statistic }) => statistic === 'p99');
  const durations = await reader.read(p99, span.from, span.to);
  const { region, account } = open.app;
  const metrics = {
    from: cost.from,
    to: cost.to,
    dollars: cost.dollars,
    monthlyDollars: monthlyOf(cost),
    functions: cost.functions.map((fn) => {
      const values = (durations.get(keyOf('p99Ms', fn.id)) ?? []).map(({ value }) => value);
      return { ...fn, p99Milliseconds: values.length === 0 ? undefined : Math.max(...values) };
    }),
  };
  return { place: { region, account }, metrics };
}
