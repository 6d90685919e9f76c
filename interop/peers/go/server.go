package main

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// serve echoes every connection until its lifetime ends or the asked-for number has been served.
func serve(o *options, config *tls.Config) int {
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: o.port})
	if err != nil {
		fatal(exitNotHeld, err.Error())
	}
	end := time.Now().Add(o.lifetime)
	_ = listener.SetDeadline(end)
	emit(map[string]any{"event": "listening", "port": listener.Addr().(*net.TCPAddr).Port})

	var running sync.WaitGroup
	held := true
	var guard sync.Mutex
	for served := 0; o.connections == 0 || served < o.connections; served++ {
		socket, err := listener.Accept()
		if err != nil {
			break // the lifetime is over
		}
		running.Go(func() {
			ok := serveOne(o, config, socket)
			guard.Lock()
			defer guard.Unlock()
			held = held && ok
		})
	}
	running.Wait()
	if !held {
		return exitNotHeld
	}
	return exitHeld
}

func serveOne(o *options, config *tls.Config, socket net.Conn) bool {
	seen := &facts{Event: "connection"}
	defer func() { emit(seen) }()
	defer socket.Close()
	_ = socket.SetDeadline(time.Now().Add(o.timeout))

	connection := tls.Server(socket, config)
	if err := connection.Handshake(); err != nil {
		seen.fail(err)
		return false
	}
	seen.record(connection.ConnectionState(), o.role)
	seen.fail(echo(connection, seen))
	seen.fail(connection.Close())
	return seen.Error == nil
}

// echo returns nil at close_notify and an error when the stream is cut off.
func echo(connection *tls.Conn, seen *facts) error {
	buffer := make([]byte, 1<<15)
	for {
		n, err := connection.Read(buffer)
		seen.Bytes += n
		if n > 0 {
			if _, failure := connection.Write(buffer[:n]); failure != nil {
				return failure
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
