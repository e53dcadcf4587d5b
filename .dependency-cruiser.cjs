/**
 * Who may import whom. The rooms and the reasons are in README.md ("The house"); a breach fails the tests.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two modules that need each other are one module or lack a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contract-is-alone',
      severity: 'error',
      comment: 'The contract is shared with the renderer and imports nothing but its schema library.',
      from: { path: '^src-main/contract/' },
      to: { pathNot: ['^src-main/contract/', '^node_modules/zod/'] },
    },
    {
      name: 'desk-is-pure',
      severity: 'error',
      comment: 'The rules read nothing and write nothing.',
      from: { path: '^src-main/desk/' },
      to: { pathNot: ['^src-main/desk/', '^src-main/contract/', '^node_modules/zod/'] },
    },
    {
      name: 'journal-uses-ports',
      severity: 'error',
      comment: 'No HTTP and no SQL: the journal declares ports and is handed what fills them.',
      from: { path: '^src-main/journal/' },
      to: { pathNot: ['^src-main/(journal|contract|desk)/', '^node:', '^crypto$'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'sync-uses-ports',
      severity: 'error',
      from: { path: '^src-main/sync/' },
      to: { pathNot: ['^src-main/(sync|contract)/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'readiness-uses-ports',
      severity: 'error',
      comment: 'What a library has to have set up is looked at through ports; the list itself is pure.',
      from: { path: '^src-main/readiness/' },
      to: { pathNot: ['^src-main/(readiness|contract)/', '^node_modules/zod/'] },
    },
    {
      name: 'tasks-use-ports',
      comment: 'Work in two systems: the rules are pure, and the systems and the journal are handed in.',
      severity: 'error',
      from: { path: '^src-main/tasks/' },
      to: { pathNot: ['^src-main/(tasks|contract|desk)/', '^node_modules/zod/'] },
    },
    {
      name: 'store-knows-the-contract-only',
      severity: 'error',
      from: { path: '^src-main/store/' },
      to: {
        pathNot: ['^src-main/(store|contract)/', '^node_modules/(better-sqlite3|zod|@types)/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'settings-know-the-contract-only',
      severity: 'error',
      from: { path: '^src-main/settings/' },
      to: { pathNot: ['^src-main/(settings|contract)/', '^node_modules/zod/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'systems-know-the-contract-only',
      severity: 'error',
      from: { path: '^src-main/systems/' },
      to: {
        pathNot: ['^src-main/(systems|contract)/', '^node_modules/(undici|zod|saxes|xmlchars)/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'systems-are-strangers',
      severity: 'error',
      comment: 'Systems share http; those behind the Okapi gateway share its session; nothing else of each other.',
      from: { path: '^src-main/systems/([^/]+)/' },
      to: {
        path: '^src-main/systems/',
        pathNot: ['^src-main/systems/$1/', '^src-main/systems/http/', '^src-main/systems/okapi/'],
      },
    },
    {
      name: 'okapi-only-behind-the-gateway',
      severity: 'error',
      from: { path: '^src-main/systems/(?!reshare/|inventory/|openurl/|okapi/)' },
      to: { path: '^src-main/systems/okapi/' },
    },
    {
      name: 'training-shares-nothing-with-systems',
      severity: 'error',
      comment: 'A mistake made on both sides of the wire would cancel out.',
      from: { path: '^src-main/training/' },
      to: { path: '^src-main/(?!training/)' },
    },
    {
      name: 'systems-know-no-training',
      severity: 'error',
      from: { path: '^src-main/(?!training/|index\\.ts|shell/)' },
      to: { path: '^src-main/training/' },
    },
    {
      name: 'electron-in-the-shell',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/shell/', '^src-main/preload/', '^src-main/index\\.ts$'] },
      to: { path: '(^electron$|^node_modules/electron/)' },
    },
    {
      name: 'undici-in-http',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/systems/http/', '^src-main/training/'] },
      to: { path: '(^undici$|^node_modules/undici/)' },
    },
    {
      name: 'xml-where-it-is-spoken',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/systems/http/', '^src-main/training/wms/'] },
      to: { path: '(^saxes$|^node_modules/saxes/)' },
    },
    {
      name: 'sqlite-in-the-store',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/store/'] },
      to: { path: '(^better-sqlite3$|^node_modules/(@types/)?better-sqlite3/)' },
    },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^src-main/', pathNot: '^src-main/contract/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-outside',
      severity: 'error',
      comment: 'No path leads out of the repository.',
      from: {},
      to: { path: '^\\.\\./' },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'src-main/tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.json'],
      conditionNames: ['import', 'node', 'default'],
    },
    skipAnalysisNotInRules: true,
  },
};
