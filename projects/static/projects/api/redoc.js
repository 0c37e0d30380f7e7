"use strict";
const place = document.getElementById("reference");
Redoc.init(place.dataset.schema, { hideDownloadButton: false, nativeScrollbars: true }, place);
