import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * Three bundles: main and its workers (CommonJS, because an ESM main has ordering traps before `ready`), one CommonJS
 * preload (a sandboxed preload cannot be ESM), and the renderer. Run-time dependencies stay outside the bundles.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      rollupOptions: {
        input: {
          index: resolve('src-main/index.ts'),
          'store-worker': resolve('src-main/store/worker.ts'),
          'training-worker': resolve('src-main/training/worker.ts'),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src-main/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    build: {
      rollupOptions: { input: { index: resolve('src-renderer/index.html'), slip: resolve('src-renderer/slip.html') } },
    },
    plugins: [svelte()],
  },
});
