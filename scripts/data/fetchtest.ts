import { fetchPackages } from './fetch';
fetchPackages();
