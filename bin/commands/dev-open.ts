import { readModels } from '../assembly';
import { select } from '../choose-app';
import type { Invocation } from '../command-spec';
import { requireRunning } from '../dev/open-running';
import type { Io } from '../io';
import { text } from '../open-app';
import { openInBrowser } from '../open-in-browser';

/** `dev open`. */
export function devOpen({ options }: Invocation, io: Io): Promise<number> {
  const { assembly, report } = requireRunning();
  for (const { app } of select(readModels(assembly), text(options.app))) {
    const url = `${report}${encodeURIComponent(app.path)}/`;
    io.out(`${url}\n`);
    if (options.print !== true) {
      openInBrowser(url);
    }
  }
  return Promise.resolve(0);
}
