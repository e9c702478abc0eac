import { LIVE_VALUES, LiveCounts, LiveMessage } from '../lib/report/live-section';
import { byId } from './elements';

/** Keeps the counts of a running app up to date, and loads the page again when the app has changed. */
export function startLive(version: string): void {
  const state = byId('live-state', HTMLElement);
  const events = new EventSource('counts');
  events.addEventListener('open', () => {
    state.textContent = 'Connected.';
  });
  events.addEventListener('error', () => {
    state.textContent = 'Not connected: serverless-app dev has ended, or is busy.';
  });
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as LiveMessage;
    if (message.version !== version) {
      events.close();
      location.reload();
    } else {
      show(message);
    }
  });
}

function show({ functions }: LiveMessage): void {
  for (const cell of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const { live, function: path = '' } = cell.dataset;
    const counts = functions[path];
    const value = LIVE_VALUES.find((each) => each === live);
    const text = counts === undefined || value === undefined ? '–' : textOf(value, counts);
    if (cell.textContent !== text) {
      cell.textContent = text;
    }
    cell.classList.toggle('failed', counts?.lastError !== undefined && live === 'result');
  }
}

function textOf(value: (typeof LIVE_VALUES)[number], counts: LiveCounts): string {
  switch (value) {
    case 'last':
      return `${counts.lastMilliseconds} ms`;
    case 'result':
      return counts.lastError ?? 'succeeded';
    case 'invocations':
    case 'errors':
    case 'coldStarts':
      return String(counts[value]);
  }
}
