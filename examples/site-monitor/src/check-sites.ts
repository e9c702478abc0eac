import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ScheduledEvent } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { Check } from './site';
import { allSites } from './sites';

const TIMEOUT_MS = 5_000;
const KEPT_SECONDS = 30 * 24 * 60 * 60;

/** Fetches every site, all at once, and keeps how it went for 30 days. */
export async function handler(event: ScheduledEvent): Promise<void> {
  const sites = await allSites();
  const checks = await Promise.all(sites.map(({ url }) => check(url, event.time)));
  await Promise.all(
    checks.map((Item) =>
      database.send(new PutCommand({ TableName: environment('CHECKS_TABLE_NAME'), Item })),
    ),
  );
  const down = checks.filter(({ up }) => !up).map(({ url }) => url);
  console.log({ message: 'sites checked', sites: sites.length, down });
}

/** The scheduled time is part of the key, so that a repeated event replaces its own checks. */
async function check(url: string, at: string): Promise<Check> {
  const started = Date.now();
  const { up, result } = await fetchStatus(url);
  const durationMs = Date.now() - started;
  return { url, at, up, result, durationMs, expiresAt: Math.floor(started / 1000) + KEPT_SECONDS };
}

async function fetchStatus(url: string): Promise<Pick<Check, 'up' | 'result'>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return { up: response.ok, result: `${response.status} ${response.statusText}`.trim() };
  } catch (error) {
    // A site that does not answer is a result, not an error.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { up: false, result: cause instanceof Error ? cause.message : String(cause) };
  }
}
