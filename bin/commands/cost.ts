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
  const costs = await io.during('asking CloudWatch', async () => {
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
          `${app}: no data yet; CloudWatch shows metrics some minutes after the first invocation. What costs anyway is counted`,
        ]),
    measuresBilled
      ? 'not counted: storage and data transfer'
      : 'not counted: storage, data transfer, and what cold starts add to the billed time (which an app measures that has a `budget` or a dashboard)',
  ];
}
