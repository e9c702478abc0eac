import { AppEstimate, LEVELS, LevelName } from '../../lib/cost/app-estimate';
import { estimateOf } from '../../lib/cost/estimate';
import { AppPlace, countsFreeTier, readPlaces } from '../assembly';
import { isNamed, select } from '../choose-app';
import type { Invocation } from '../command-spec';
import { compare, Comparison } from '../estimate/compare';
import { formatComparison, formatEstimate, formatLevel } from '../estimate/format';
import { parseGate, Total, violations } from '../estimate/gate';
import { withOther } from '../estimate/other-assembly';
import type { Io } from '../io';
import { text } from '../open-app';

/** The level that limits and comparisons use. */
const DEFAULT_LEVEL: LevelName = 'moderate';

/** `estimate [app]`. Exits with 1 if the app exceeds a limit. */
export async function estimate({ args: [app], options }: Invocation, io: Io): Promise<number> {
  const gate = parseGate(options);
  const level = levelOf(options.level);
  const estimates = estimatesOf(String(options.assembly), app);
  const other = text(options.compare);
  const compared =
    other === undefined
      ? undefined
      : await withOther(other, io, (folder) => compareAll(estimates, folder, app, level));
  if (options.json === true) {
    io.out(`${JSON.stringify(compared ?? estimates, undefined, 2)}\n`);
  } else if (compared !== undefined) {
    compared.forEach(({ app: path, ...comparison }) => {
      io.out(formatComparison(path, comparison, io.colors));
    });
  } else {
    estimates.forEach((one) => {
      io.out(
        options.level === undefined
          ? formatEstimate(one, io.colors)
          : formatLevel(one, level, io.colors),
      );
    });
    notesOf(estimates).forEach(io.say);
  }
  const over = violations(gate, totalsOf(estimates, compared, level));
  over.forEach(io.say);
  return over.length === 0 ? 0 : 1;
}

export type AppComparison = Comparison & { readonly app: string };

function levelOf(given: string | boolean | undefined): LevelName {
  return LEVELS.find((level) => level === given) ?? DEFAULT_LEVEL;
}

export function estimatesOf(assembly: string, app: string | undefined): AppEstimate[] {
  const places = readPlaces(assembly);
  const models = select(
    places.map(({ model }) => model),
    app,
  );
  return places.filter(({ model }) => models.includes(model)).map(estimateAt);
}

/** Uses the prices of this package version, and the app's own setting for the free tier. */
function estimateAt(place: AppPlace): AppEstimate {
  return estimateOf(place.model, { freeTier: countsFreeTier(place) });
}

/** Uses the same prices for both, so that a price change does not count as a change of the app. */
export function compareAll(
  estimates: readonly AppEstimate[],
  folder: string,
  app: string | undefined,
  level: LevelName,
): AppComparison[] {
  const before = readPlaces(folder)
    .filter(({ model }) => app === undefined || isNamed(model, app))
    .map(estimateAt);
  const paths = [...new Set([...before, ...estimates].map((one) => one.app.path))];
  return paths.map((path) => {
    const find = (all: readonly AppEstimate[]): AppEstimate | undefined =>
      all.find((one) => one.app.path === path);
    return { app: path, ...compare(find(before), find(estimates), level) };
  });
}

function totalsOf(
  estimates: readonly AppEstimate[],
  compared: readonly AppComparison[] | undefined,
  level: LevelName,
): Total[] {
  return (
    compared?.map(({ app, before, after }) => ({ app, before, monthlyDollars: after })) ??
    estimates.map(({ app, levels }) => ({
      app: app.path,
      monthlyDollars: levels[level].monthlyDollars,
    }))
  );
}

function notesOf(estimates: readonly AppEstimate[]): string[] {
  const fallbacks = [...new Set(estimates.flatMap(({ prices }) => prices.fallbacks))];
  return [
    ...(fallbacks.length === 0
      ? []
      : [`unknown in this region, so priced as in us-east-1: ${fallbacks.join(', ')}`]),
    'for the assumptions and what is not included, see --json',
  ];
}
