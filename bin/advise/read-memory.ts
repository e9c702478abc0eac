import type { AppModel } from '../../lib/model/app-model';
import type { LogReader } from '../logs/log-reader';
import { parseLine } from '../logs/parse-line';
import type { MemoryFigures } from './figures';

/** All invocations, by the function in the log stream's name. */
const QUERY = String.raw`filter type = "platform.report"
| parse @logStream /^\d{4}\/\d{2}\/\d{2}\/(?<fn>[^\[]+)\[/
| stats count(*) as invocations, max(record.metrics.maxMemoryUsedMB) as peakMb by fn`;

/** Lambda's reports, as JSON and as text. */
const REPORTS = '?"platform.report" ?"REPORT RequestId"';
/** The number of lines that are read if Logs Insights is not available. */
const SAMPLE = 20_000;

/** The memory that each function used, by the function's id. */
export async function readMemory(
  { functions, logGroup }: AppModel,
  reader: LogReader,
  range: { readonly from: Date; readonly to: Date },
): Promise<ReadonlyMap<string, MemoryFigures>> {
  const found = new Map<string, MemoryFigures>();
  if (typeof logGroup?.name !== 'string') {
    return found;
  }
  const rows = await reader.query(logGroup.name, QUERY, range);
  if (rows !== undefined && rows.length > 0) {
    for (const { fn, invocations, peakMb } of rows) {
      const id = functions.find(({ name }) => name === fn)?.id;
      if (id !== undefined) {
        found.set(id, { invocations: Number(invocations), peakMb: Number(peakMb) });
      }
    }
    return found;
  }
  let read = 0;
  for await (const page of reader.read(logGroup.name, { ...range, filter: REPORTS })) {
    for (const event of page) {
      const { function: id, report } = parseLine(event, functions);
      if (id !== undefined && report !== undefined) {
        const { invocations, peakMb } = found.get(id) ?? { invocations: 0, peakMb: 0 };
        const most = Math.max(peakMb, report.maxMemoryUsedMb);
        found.set(id, { invocations: invocations + 1, peakMb: most });
      }
    }
    read += page.length;
    if (read >= SAMPLE) {
      break;
    }
  }
  return found;
}
