package main

import (
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// connectAll makes the connections one after the other; all but the first are expected to resume.
func connectAll(o *options, config *tls.Config) int {
	held := true
	for number := 1; number <= o.connections; number++ {
		seen := &facts{Event: "connection"}
		seen.fail(connect(o, config, seen))
		if number > 1 && !o.noResume && !seen.Resumed {
			seen.fail(errors.New("the session was not resumed"))
		}
		emit(seen)
		held = held && seen.Error == nil
	}
	if !held {
		return exitNotHeld
	}
	return exitHeld
}

func connect(o *options, config *tls.Config, seen *facts) error {
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(o.port))
	socket, err := net.DialTimeout("tcp4", address, o.timeout)
	if err != nil {
		return err
	}
	defer socket.Close()
	_ = socket.SetDeadline(time.Now().Add(o.timeout))

	connection := tls.Client(socket, config)
	if err := connection.Handshake(); err != nil {
		return err
	}
	seen.record(connection.ConnectionState(), o.role)

	line := []byte("hello from go\n")
	if _, err := connection.Write(line); err != nil {
		return err
	}
	answer := make([]byte, len(line))
	n, err := io.ReadFull(connection, answer)
	seen.Bytes = n
	if err != nil {
		return err
	}
	if !bytes.Equal(line, answer) {
		return fmt.Errorf("the echo was %q", answer)
	}
	return finish(connection)
}

// finish says close_notify and waits for the server's, which must come without more data.
func finish(connection *tls.Conn) error {
	if err := connection.CloseWrite(); err != nil {
		return err
	}
	rest, err := io.ReadAll(connection)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("%d bytes after the echo", len(rest))
	}
	return nil
}
