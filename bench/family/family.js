// The genogram's form in the element; the family comes in as a worker would bring it, from a file.
const form = document.querySelector("asesmen-form");
form.definition = await (await fetch("asesmen/instruments/genogram.json")).text();
