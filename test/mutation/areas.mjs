/**
 * What Stryker breaks, by area, and the tests that have to see it: those that call the functions, and make no app where it can be helped,
 * since each mutant runs all of them that reach it. `MUTATION_AREAS=guard,cost` chooses; without it, all.
 *
 * @type {Record<string, { mutate: readonly string[], tests: readonly string[] }>}
 */
const AREAS = {
  alarm: {
    mutate: ['lib/alarm/alarm-threshold.ts', 'lib/alarm/private/report-patterns.ts'],
    tests: inFolder('test/alarm', ['report-patterns']),
  },
  cost: {
    mutate: ['lib/cost/*.ts', '!lib/cost/budget.ts', '!lib/cost/cost-tag.ts'],
    tests: inFolder('test/cost', [
      'app-estimate',
      'estimate',
      'price-list',
      'run-rate',
      'standing-cost',
    ]),
  },
  guard: {
    mutate: ['lib/guard/*.ts'],
    tests: inFolder('test/guard', [
      'deployed-size',
      'flows',
      'found',
      'further-guards',
      'guards',
      'secrets',
    ]),
  },
  schedule: {
    mutate: ['lib/schedule/*.ts'],
    tests: inFolder('test/schedule', ['events-a-month', 'longest-gap']),
  },
};

/** @param {string} folder @param {readonly string[]} names */
function inFolder(folder, names) {
  return names.map((name) => `${folder}/${name}.test.ts`);
}

/** @param {string} chosen names of areas, by commas; all of them where it is empty */
export function areasOf(chosen = '') {
  const names = chosen === '' ? Object.keys(AREAS) : chosen.split(',').map((name) => name.trim());
  const areas = names.map((name) => {
    const area = AREAS[name];
    if (area === undefined) {
      const known = Object.keys(AREAS).join(', ');
      throw new Error(`\`MUTATION_AREAS\` must name areas (${known}), got ${name}`);
    }
    return area;
  });
  return {
    mutate: areas.flatMap(({ mutate }) => mutate),
    tests: [...new Set(areas.flatMap(({ tests }) => tests))],
  };
}
