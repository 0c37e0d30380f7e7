"use strict";
const place = document.getElementById("reference");

// Redoc asks its maker's host for a small picture. Our policy forbids that and readers need not be told on: images of
// other hosts are left empty before their request begins, whichever way their address is set.
const EMPTY = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>";
const own = (address) => (new URL(address, document.baseURI).origin === location.origin ? address : EMPTY);
const image = HTMLImageElement.prototype;
const assign = Element.prototype.setAttribute;
const source = Object.getOwnPropertyDescriptor(image, "src");
image.setAttribute = function setAttribute(name, value) {
  assign.call(this, name, name === "src" ? own(value) : value);
};
Object.defineProperty(image, "src", { ...source, set(value) { source.set.call(this, own(value)); } });

Redoc.init(place.dataset.schema, { hideDownloadButton: false, nativeScrollbars: true }, place);
