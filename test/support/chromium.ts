import * as fs from 'node:fs';
import puppeteer, { Browser, LaunchOptions } from 'puppeteer-core';

const PLACES = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a Chromium on this machine, if there is one. */
export function findChromium(): string | undefined {
  return PLACES.find((place) => place !== '' && fs.existsSync(place));
}

/**
 * Tests in a browser. Without one they are skipped with a message, except in CI, which installs one.
 * `CHROMIUM_PATH` names one in another place.
 */
export function describeInChromium(name: string, tests: () => void): void {
  if (findChromium() === undefined && process.env.CI === undefined) {
    console.warn(`no Chromium found (CHROMIUM_PATH): left out: ${name}`);
    describe.skip(name, tests);
  } else {
    describe(name, tests);
  }
}

export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('there is no Chromium: install one, or name it with CHROMIUM_PATH');
  }
  // The page is our own; containers, where tests mostly run, have no user namespaces for the sandbox.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox'], ...options });
}
