import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'languages/',
      'node_modules/',
      'coverage/',
      '.emulator/',
      '.stryker/',
      // Sources of other people's style, as `migrate` finds them.
      'test/bin/migrate/definitions/',
      'test/deploy/fixtures/migrated/',
      // A project with settings of its own, whose packages are elsewhere.
      'test/deploy/fixtures/dev-module/',
      '**/cdk.out/',
      // VitePress compiles them, with packages that only the site has.
      'website/.vitepress/',
      'website/.pages/',
      'website/dist/',
      'website/node_modules/',
      // Synthesis writes it.
      '**/serverless-app-env.d.ts',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      // The CDK declares classes where it takes any construct.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'AssignmentExpression[left.object.name="process"][left.property.name="env"]',
          message:
            'change the variables of `process.env`: an object in its place never reaches the process itself, which Node.js reads',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(fs|path|os|crypto|url|util|child_process)$',
              message: 'use the node: form',
            },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowConstructorOnly: true, allowStaticOnly: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/strict-boolean-expressions': [
        'error',
        { allowString: false, allowNumber: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // JavaScript, since Stryker loads it as it is; it empties the cache of modules by their names.
    files: ['test/mutation/*.mjs', 'test/support/jest/*.mjs'],
    languageOptions: { globals: { performance: 'readonly', process: 'readonly' } },
    rules: {
      '@typescript-eslint/explicit-function-return-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    // JavaScript, which other processes run as it is.
    files: ['bin/dev/scripts/*.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        TextDecoder: 'readonly',
      },
    },
    rules: { '@typescript-eslint/explicit-function-return-type': 'off' },
  },
  {
    // JavaScript, since it becomes a file of an asset as it is.
    files: ['lib/bundling/web-handler.mjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        awslambda: 'readonly',
        Buffer: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        DOMException: 'readonly',
        Headers: 'readonly',
        process: 'readonly',
        Request: 'readonly',
        setTimeout: 'readonly',
        TextDecoder: 'readonly',
      },
    },
    rules: { '@typescript-eslint/explicit-function-return-type': 'off', 'no-console': 'off' },
  },
  {
    // JavaScript without dependencies, which npm starts as it is.
    files: ['packages/create-cdk-serverless-app/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
    rules: { '@typescript-eslint/explicit-function-return-type': 'off', 'no-console': 'off' },
  },
  {
    // JavaScript, since a thread loads it as it is; `@ts-check` has its types checked.
    files: ['lib/bundling/esbuild-thread.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        clearInterval: 'readonly',
        require: 'readonly',
        setInterval: 'readonly',
      },
    },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/explicit-function-return-type': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
  {
    files: ['lib/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '/bin/', message: 'lib never imports bin' },
            {
              regex: '^(fs|path|os|crypto|url|util|child_process)$',
              message: 'use the node: form',
            },
          ],
        },
      ],
    },
  },
  {
    // A construct is used by being made; tests and examples make many for their effect alone.
    files: ['examples/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts', 'bin/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    // CommonJS, since Jest requires it as it is.
    files: ['test/support/jest/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: { __filename: 'readonly', module: 'writable', require: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
