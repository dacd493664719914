document.title = "Coursewire";
export {};
