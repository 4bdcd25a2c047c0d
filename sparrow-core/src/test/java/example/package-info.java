/** Programs that the documentation shows, which use the library from outside. */
package example;
