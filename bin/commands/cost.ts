import { connect as awsConnect } from '../cloud';
import type { Invocation } from '../command-spec';
import { formatCost } from '../cost/format';
import { readCost } from '../cost/read-cost';
import type { RealCost } from '../cost/real-cost';
import type { Io } from '../io';
import { openApps } from '../open-app';
import { parseDuration } from '../text/duration';

/** `cost [app]`. */
export async function cost(
  { args: [app], options }: Invocation,
  io: Io,
  connect = awsConnect,
): Promise<number> {
  const since = parseDuration('--since', String(options.since));
  const now = io.now();
  const from = new Date(now.getTime() - since);
  const costs = await io.during('querying CloudWatch', async () => {
    const opened = await openApps(options, app, connect);
    return Promise.all(opened.map((one) => readCost(one, from, now).then((read) => read.cost)));
  });
  if (options.json === true) {
    io.out(`${JSON.stringify(costs, undefined, 2)}\n`);
  } else {
    io.out(costs.map((one) => formatCost(one, io.colors)).join('\n'));
    costs.flatMap(notesOf).forEach(io.say);
  }
  return 0;
}

function notesOf({ app, hasData, measuresBilled }: RealCost): string[] {
  return [
    ...(hasData
      ? []
      : [
          `${app}: no data yet, only fixed costs are included; CloudWatch has metrics a few minutes after the first invocation`,
        ]),
    measuresBilled
      ? 'not included: storage and data transfer'
      : 'not included: storage, data transfer, and the billed duration of cold starts (measured in apps with a `budget` or a dashboard)',
  ];
}
