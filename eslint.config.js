import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const typed = {
  parserOptions: {
    projectService: { allowDefaultProject: ['*.ts', '*.js'] },
    tsconfigRootDir: import.meta.dirname,
    extraFileExtensions: ['.svelte'],
  },
};

export default ts.config(
  {
    ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'shift-report/', 'test/electron-standin/fixture-app/'],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  { languageOptions: typed },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { ...typed.parserOptions, parser: ts.parser },
      globals: globals.browser,
    },
  },
  {
    rules: {
      // Numbers and booleans read well in sentences; only objects and unions with undefined must not slip in.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A caught error is often only a sign that a branch applies; the comment beside it says so.
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'ipcRenderer', property: 'sendSync', message: 'It blocks the window; use the contract.' },
        { object: 'navigator', property: 'onLine', message: 'It does not know whether a system answers; calls do.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['../../../*'], message: 'Reaching this far up leaves the room; see the import rules.' }],
          paths: [{ name: 'electron', importNames: ['ipcMain'], message: 'Only shell/ipc.ts, through the contract.' }],
        },
      ],
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src-main/shell/ipc.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Programs people run in a terminal print to it.
    files: ['test/launch/**', 'test/bench/**', 'test/electron-standin/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      // Playwright names fixtures it does not need by an empty pattern.
      'no-empty-pattern': 'off',
    },
  },
  { files: ['**/*.js', '**/*.cjs'], ...ts.configs.disableTypeChecked },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
);
