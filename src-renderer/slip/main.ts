import '../app/no-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/atkinson-hyperlegible-mono/index.css';
import './page.css';
import { mount } from 'svelte';
import { z } from 'zod';
import { SheetJob } from '../../src-main/contract/sheet.ts';
import { SlipJob } from '../../src-main/contract/slip.ts';
import SlipSheet from '../parts/SlipSheet.svelte';
import SheetPages from './SheetPages.svelte';

// The page that is printed: one slip or one sheet, handed over in the part of the address that no server is ever told.
const target = document.querySelector('main');
if (!target) throw new Error('slip.html has no main element');
const job = z.union([SlipJob, SheetJob]).parse(JSON.parse(decodeURIComponent(location.hash.slice(1))));
if ('sheet' in job) mount(SheetPages, { target, props: job });
else mount(SlipSheet, { target, props: job });
