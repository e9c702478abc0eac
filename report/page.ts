import type { ReportInput } from '../lib/report/report-input';
import { startCost } from './cost';
import { startGraph } from './graph';
import { startLive } from './live';
import { startTheme } from './theme';

/** The page works without this script, except for its interactive parts. The script starts once the page is loaded. */
function start(): void {
  const data = JSON.parse(document.getElementById('report-data')?.textContent ?? '') as ReportInput;
  for (const element of document.querySelectorAll<HTMLElement>('.scripted')) {
    element.hidden = element.id === 'graph-detail';
  }
  document.querySelectorAll('.unscripted').forEach((element) => {
    element.remove();
  });
  startTheme();
  startGraph(data.model);
  startCost(data);
  startPrinting();
  if (data.live !== undefined) {
    startLive(data.live.version);
  }
}

/** Paper cannot be unfolded. */
function startPrinting(): void {
  const folded = new Set<HTMLDetailsElement>();
  addEventListener('beforeprint', () => {
    document.querySelectorAll<HTMLDetailsElement>('details:not([open])').forEach((details) => {
      folded.add(details);
      details.open = true;
    });
  });
  addEventListener('afterprint', () => {
    folded.forEach((details) => {
      details.open = false;
    });
    folded.clear();
  });
}

start();
