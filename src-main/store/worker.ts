import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerSetup } from './calls.ts';
import { serve } from './serve.ts';

/** One worker owns one database; the folder and which of the two it is come with the worker's data. */
if (parentPort === null) throw new Error('The store worker runs as a worker thread only');
void serve(parentPort, workerData as WorkerSetup);
