/**
 * What Stryker breaks, by area, and the tests that have to see it: those that call the functions, and make no app where it can be helped,
 * since each mutant runs all of them that reach it. `MUTATION_AREAS=guard,cost` chooses; without it, all.
 *
 * @type {Record<string, { mutate: readonly string[], tests: readonly string[] }>}
 */
const AREAS = {
  alarm: {
    mutate: [
      'lib/alarm/alarm-threshold.ts',
      'lib/alarm/private/alarm-{facts,names,rules}.ts',
      'lib/alarm/private/freshness-*.ts',
      'lib/alarm/private/mail-rules.ts',
      'lib/alarm/private/report-patterns.ts',
    ],
    tests: inFolder('test/alarm', [
      'alarm-rules',
      'alarm-threshold',
      'freshness-window',
      'mail-rules',
      'report-patterns',
    ]),
  },
  cost: {
    mutate: ['lib/cost/*.ts', '!lib/cost/budget.ts', '!lib/cost/cost-tag.ts'],
    tests: inFolder('test/cost', [
      'assumptions',
      'bill',
      'cost-estimate',
      'items',
      'loads',
      'price-list',
      'run-rate',
      'standing-concurrency',
      'standing-cost',
      'estimate', // random apps take long: last, so that others see first what they see
    ]),
  },
  function: {
    mutate: [
      'lib/function/private/{cold-start,function,rollout}-rules.ts',
      'lib/function/private/{default-timeout,function-options,function-variables,switched}.ts',
      'lib/function/private/bundling/{asset-size,externals,import-clauses,module-paths}.ts',
    ],
    tests: [
      ...inFolder('test/function/private', [
        'cold-start-rules',
        'function-options',
        'function-rules',
        'rollout-rules',
      ]),
      ...inFolder('test/function/bundling', ['asset-size', 'import-clauses', 'module-paths']),
    ],
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
      'told',
    ]),
  },
  private: {
    mutate: [
      'lib/private/{app,table}-rules.ts',
      'lib/private/{changed-defaults,disk,event-types,free-ids,known-name,known-reference,names,nearest,options}.ts',
      'lib/private/{physical-names,prop-check,route-shape,shape,shard-of,stable-text}.ts',
      'lib/private/{template-bytes,usage-facts}.ts',
    ],
    tests: [
      ...inFolder('test/private', [
        'app-rules',
        'changes-recorded',
        'disk',
        'event-types',
        'free-ids',
        'known-name',
        'names',
        'nearest',
        'options',
        'physical-names',
        'prop-check',
        'shape',
        'shard-of',
        'stable-text',
        'table-rules',
        'template-bytes',
        'usage-facts',
      ]),
      'test/trigger/private/route-key.test.ts',
    ],
  },
  scaling: {
    mutate: ['lib/scaling/*.ts'],
    tests: inFolder('test/scaling', [
      'account-limits',
      'load-of-function',
      'provisioned',
      'what-happens-at',
      'load',
    ]),
  },
  schedule: {
    mutate: ['lib/schedule/*.ts'],
    tests: inFolder('test/schedule', [
      'clock-changes',
      'cron-fields',
      'events-a-month',
      'longest-gap',
    ]),
  },
  trigger: {
    mutate: [
      'lib/trigger/private/{http,schedule,source}-rules.ts',
      'lib/trigger/private/{object-patterns,object-rule,route-key}.ts',
    ],
    tests: inFolder('test/trigger/private', [
      'http-rules',
      'object-patterns',
      'object-rule',
      'route-key',
      'schedule-rules',
      'source-rules',
    ]),
  },
};

/** @param {string} folder @param {readonly string[]} names */
function inFolder(folder, names) {
  return names.map((name) => `${folder}/${name}.test.ts`);
}

/** @param {string} chosen names of areas, by commas; all of them where it is empty */
export function areaNames(chosen = '') {
  const known = Object.keys(AREAS);
  const names = chosen === '' ? known : chosen.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`\`MUTATION_AREAS\` must name areas (${known.join(', ')}), got ${unknown}`);
  }
  return names;
}

/** @param {string} [chosen] */
export function areasOf(chosen) {
  const areas = areaNames(chosen).map((name) => AREAS[name]);
  return {
    mutate: areas.flatMap(({ mutate }) => mutate),
    tests: [...new Set(areas.flatMap(({ tests }) => tests))],
  };
}

/** @param {string} [chosen] */
export function reportOf(chosen) {
  return `.stryker-report/${areaNames(chosen).join('-')}.json`;
}
