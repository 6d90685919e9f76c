module dev.akushu/conformance/forwarder

go 1.26
