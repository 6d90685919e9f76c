import { mount } from 'svelte';
import Kept from './Kept.svelte';
import type { KeptRun } from './model/kept';
import './page.css';
import Page from './Page.svelte';

const place = document.getElementById('lab');
const kept = document.getElementById('kept');
if (place && kept) {
  mount(Kept, { target: place, props: { kept: JSON.parse(kept.textContent) as KeptRun } });
} else if (place) {
  mount(Page, { target: place });
}
