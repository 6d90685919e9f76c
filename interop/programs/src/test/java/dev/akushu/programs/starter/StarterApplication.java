package dev.akushu.programs.starter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** A Spring Boot application as its starter makes it. It knows nothing of Akushu. */
@SpringBootApplication
@RestController
public class StarterApplication {
    private final RestClient client = RestClient.create();

    /** Starts it. */
    public static void main(String[] args) {
        SpringApplication.run(StarterApplication.class, args);
    }

    /** Says hello. */
    @GetMapping("/hello")
    public String hello() {
        return "hello from Spring";
    }

    /** Says what the server at {@code from} says. */
    @GetMapping("/fetch")
    public String fetch(@RequestParam("from") String from) {
        return "fetched " + client.get().uri(from).retrieve().body(String.class);
    }
}
